"""The Admin Directory's users."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from workspace_emulator import User, Workspace
from workspace_emulator.directory import add_group, set_empty_pages

USERS = "https://admin.googleapis.com/admin/directory/v1/users"


@pytest.fixture(autouse=True)
def _more_people(workspace: Workspace) -> None:
    workspace.add_user(
        User(
            email="cho@example.com",
            name="Cho Lee",
            department="Product design",
            manager="ada@example.com",
            aliases=("c.lee@example.com",),
        )
    )


def names(session: requests.Session, **params: Any) -> list[str]:
    answer = session.get(USERS, params={"customer": "my_customer", **params})
    assert answer.status_code == 200, answer.text
    return [user["primaryEmail"].partition("@")[0] for user in answer.json().get("users", [])]


def test_lists_everybody_by_address(ada: requests.Session) -> None:
    assert names(ada) == ["ada", "ben", "cho"]


def test_lists_by_domain_too(ada: requests.Session) -> None:
    assert ada.get(USERS, params={"domain": "Example.com"}).status_code == 200
    assert ada.get(USERS, params={"domain": "elsewhere.org"}).status_code == 404


def test_asks_for_a_domain_or_a_customer(ada: requests.Session) -> None:
    assert ada.get(USERS).status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("email:ben", ["ben"]),
        ("email:c.lee@example.com", ["cho"]),
        ("email:b*", ["ben"]),
        ("name:'cho lee'", ["cho"]),
        ("givenName:Ada", ["ada"]),
        ("orgDepartment='Product design'", ["cho"]),
        ("orgDepartment=Product", []),
        ("orgDepartment:product", ["cho"]),
        ("manager='ada@example.com'", ["cho"]),
        ("isAdmin=true", ["ada"]),
        ("Okri", ["ben"]),
        ("givenName:Cho orgDepartment:design", ["cho"]),
        ("givenName:Ada orgDepartment:design", []),
    ],
)
def test_finds_users_by_a_query(ada: requests.Session, query: str, found: list[str]) -> None:
    assert names(ada, query=query) == found


def test_names_a_query_field_that_it_does_not_know(ada: requests.Session) -> None:
    answer = ada.get(USERS, params={"customer": "my_customer", "query": "phone:1"})
    assert (answer.status_code, "phone" in answer.text) == (501, True)


def test_orders_as_asked(ada: requests.Session) -> None:
    assert names(ada, orderBy="familyName") == ["ada", "cho", "ben"]
    assert names(ada, orderBy="email", sortOrder="DESCENDING") == ["cho", "ben", "ada"]


def test_turns_pages_without_losing_or_repeating_anybody(ada: requests.Session) -> None:
    seen, token = [], None
    for _ in range(3):
        params = {"customer": "my_customer", "maxResults": 1, "pageToken": token}
        page = ada.get(USERS, params=params).json()
        seen += [user["primaryEmail"] for user in page["users"]]
        token = page.get("nextPageToken")
    assert seen == ["ada@example.com", "ben@example.com", "cho@example.com"]
    assert token is None


def test_never_gives_more_than_500_on_a_page(ada: requests.Session, workspace: Workspace) -> None:
    for number in range(600):
        workspace.add_user(User(email=f"p{number}@example.com", name=f"P {number}"))
    assert len(names(ada, maxResults=500)) == 500


def test_shows_manager_department_and_aliases_to_an_admin(ada: requests.Session) -> None:
    user = ada.get(f"{USERS}/c.lee@example.com").json()
    assert user["relations"] == [{"value": "ada@example.com", "type": "manager"}]
    assert user["organizations"] == [{"department": "Product design", "primary": True}]
    assert user["aliases"] == ["c.lee@example.com"]
    assert user["orgUnitPath"] == "/"


def test_shows_only_the_public_part_to_others(ben: requests.Session) -> None:
    assert ben.get(f"{USERS}/cho@example.com").status_code == 403
    user = ben.get(f"{USERS}/cho@example.com", params={"viewType": "domain_public"}).json()
    assert user["name"]["fullName"] == "Cho Lee"
    assert "isAdmin" not in user


def test_finds_a_user_by_the_id_that_it_gave(ada: requests.Session) -> None:
    given = ada.get(f"{USERS}/ben@example.com").json()["id"]
    assert ada.get(f"{USERS}/{given}").json()["primaryEmail"] == "ben@example.com"


def test_has_no_user_behind_the_address_of_a_group(ada: requests.Session, workspace: Workspace) -> None:
    add_group(workspace, "Team@example.com")
    answer = ada.get(f"{USERS}/team@example.com")
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Type not supported: userKey")
    assert ada.get(f"{USERS}/nobody@example.com").status_code == 404


def test_may_give_empty_pages_with_more_behind_them(ada: requests.Session, workspace: Workspace) -> None:
    set_empty_pages(workspace, True)
    found, empty, token = [], 0, None
    while token != "":
        params = {"customer": "my_customer", "maxResults": 1} | ({"pageToken": token} if token else {})
        page = ada.get(USERS, params=params).json()
        found += [u["primaryEmail"] for u in page.get("users", ())]
        empty += "users" not in page
        token = page.get("nextPageToken", "")
    assert found == ["ada@example.com", "ben@example.com", "cho@example.com"]
    assert empty == 2


def test_suspends_an_account_and_finds_it_by_that(ada: requests.Session) -> None:
    ada.patch(f"{USERS}/ben@example.com", json={"suspended": True}).raise_for_status()
    assert names(ada, query="isSuspended=true") == ["ben"]
    assert ada.get(f"{USERS}/ben@example.com").json()["suspended"] is True
    ada.put(f"{USERS}/ben@example.com", json={"suspended": False}).raise_for_status()
    assert names(ada, query="isSuspended=true") == []


def test_lists_a_deleted_account_among_the_deleted_alone(ada: requests.Session) -> None:
    assert ada.delete(f"{USERS}/c.lee@example.com").status_code == 204
    assert (names(ada), names(ada, showDeleted="true")) == (["ada", "ben"], ["cho"])
    assert ada.get(f"{USERS}/c.lee@example.com").status_code == 404


def test_lets_nobody_but_an_admin_suspend_or_delete(ben: requests.Session) -> None:
    assert ben.patch(f"{USERS}/ada@example.com", json={"suspended": True}).status_code == 403
    assert ben.delete(f"{USERS}/ada@example.com").status_code == 403


def test_shows_the_admin_view_to_whoever_may_read_users(workspace: Workspace, ben: requests.Session) -> None:
    assert ben.get(USERS, params={"customer": "my_customer"}).status_code == 403
    workspace.add_user(User(email="ben@example.com", name="Ben Berg", reads_users=True))
    assert names(ben) == ["ada", "ben", "cho"]
