"""Tokens, service accounts and delegation, asked for by google-auth itself."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import requests
from google.auth import impersonated_credentials
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import credentials, service_account

from workspace_emulator import Front, User, Workspace, mount, session_for

RUNTIME = "runtime@peer.iam.gserviceaccount.com"
DELEGATE = "delegate@peer.iam.gserviceaccount.com"
CLOUD = ["https://www.googleapis.com/auth/cloud-platform"]
USERS = ["https://www.googleapis.com/auth/admin.directory.user.readonly"]
ADA = "https://admin.googleapis.com/admin/directory/v1/users/ada@example.com?viewType=domain_public"


def authorised(front: Front, by: Any) -> AuthorizedSession:
    raw = requests.Session()
    mount(raw, front)
    session = AuthorizedSession(by, auth_request=Request(raw))
    mount(session, front)
    return session


def own_account(workspace: Workspace, scopes: list[str], **more: Any) -> Any:
    info = workspace.identity.service_account_info(RUNTIME)
    return service_account.Credentials.from_service_account_info(info, scopes=scopes, **more)


def impersonated(workspace: Workspace, scopes: list[str], subject: str) -> Any:
    return impersonated_credentials.Credentials(
        source_credentials=own_account(workspace, CLOUD),
        target_principal=DELEGATE,
        target_scopes=scopes,
        subject=subject,
    )


def last_user(workspace: Workspace) -> str:
    return workspace.calls[-1].user


def test_lets_a_service_account_act_as_itself(front: Front, workspace: Workspace) -> None:
    session = authorised(front, own_account(workspace, USERS))
    assert session.get(ADA).status_code == 200
    assert last_user(workspace) == RUNTIME


def test_lets_a_delegated_service_account_act_as_a_user(front: Front, workspace: Workspace) -> None:
    workspace.identity.authorise_delegation(RUNTIME, USERS)
    session = authorised(front, own_account(workspace, USERS, subject="Ada@example.com"))
    assert session.get(ADA).status_code == 200
    assert last_user(workspace) == "ada@example.com"


def test_refuses_delegation_that_nobody_authorised(front: Front, workspace: Workspace) -> None:
    session = authorised(front, own_account(workspace, USERS, subject="ada@example.com"))
    with pytest.raises(RefreshError, match="unauthorized_client"):
        session.get(ADA)
    assert workspace.calls[-1].status == 401


def test_refuses_delegation_when_one_scope_was_not_authorised(front: Front, workspace: Workspace) -> None:
    workspace.identity.authorise_delegation(RUNTIME, USERS)
    session = authorised(front, own_account(workspace, [*USERS, *CLOUD], subject="ada@example.com"))
    with pytest.raises(RefreshError, match="unauthorized_client"):
        session.get(ADA)


def test_refuses_to_act_as_somebody_without_an_account(front: Front, workspace: Workspace) -> None:
    workspace.identity.authorise_delegation(RUNTIME, USERS)
    session = authorised(front, own_account(workspace, USERS, subject="eve@example.com"))
    with pytest.raises(RefreshError, match="Invalid email or User ID"):
        session.get(ADA)


def test_lets_one_account_sign_as_another_to_act_as_a_user(front: Front, workspace: Workspace) -> None:
    workspace.identity.allow_sign_jwt(RUNTIME, DELEGATE)
    workspace.identity.authorise_delegation(DELEGATE, USERS)
    session = authorised(front, impersonated(workspace, USERS, "ada@example.com"))
    assert session.get(ADA).status_code == 200
    assert [c.method_id for c in workspace.calls] == [
        "oauth2.token",
        "iamcredentials.projects.serviceAccounts.signJwt",
        "oauth2.token",
        "directory.users.get",
    ]
    assert last_user(workspace) == "ada@example.com"


def test_lets_nobody_sign_without_the_right_to(front: Front, workspace: Workspace) -> None:
    workspace.identity.service_account_info(DELEGATE)
    workspace.identity.authorise_delegation(DELEGATE, USERS)
    session = authorised(front, impersonated(workspace, USERS, "ada@example.com"))
    with pytest.raises(RefreshError, match=r"iam\.serviceAccounts\.signJwt"):
        session.get(ADA)


def test_refuses_an_assertion_signed_by_another_key(front: Front, workspace: Workspace) -> None:
    creds = own_account(workspace, USERS)
    workspace.store.collection("identity/keys").clear()
    head, claims, signature = creds._make_authorization_grant_assertion().decode().split(".")
    forged = ".".join([head, claims, signature[:-8] + "AAAAAAAA"])
    session = requests.Session()
    mount(session, front)
    answer = session.post(
        "https://oauth2.googleapis.com/token",
        data={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": forged},
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def asked_for_a_token(front: Front, **claims: object) -> requests.Response:
    """Return the answer to an assertion signed by the runtime account, with claims put in or out (None)."""
    front.workspace.identity.service_account_info(RUNTIME)
    now = int(time.time())
    usual = {"iss": RUNTIME, "aud": "https://oauth2.googleapis.com/token", "iat": now, "exp": now + 600}
    payload = {k: v for k, v in (usual | {"scope": USERS[0]} | claims).items() if v is not None}
    signed = front.workspace.identity.sign(RUNTIME, payload)["signedJwt"]
    session = requests.Session()
    mount(session, front)
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": signed}
    return session.post("https://oauth2.googleapis.com/token", data=form)


def test_takes_an_assertion_with_the_usual_claims(front: Front) -> None:
    assert asked_for_a_token(front).status_code == 200


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": "https://elsewhere.org/token"}, "invalid_grant"),
        ({"iss": "unknown@peer.iam.gserviceaccount.com"}, "invalid_grant"),
        ({"exp": 1}, "invalid_grant"),
        ({"scope": None}, "invalid_scope"),
        ({"sub": "ben@example.com"}, "unauthorized_client"),
    ],
)
def test_refuses_an_assertion_with_a_wrong_claim(front: Front, claims: dict[str, object], error: str) -> None:
    assert asked_for_a_token(front, **claims).json()["error"] == error


def consenting(refresh_token: str) -> credentials.Credentials:
    return credentials.Credentials(
        token=None,
        refresh_token=refresh_token,
        token_uri="https://oauth2.googleapis.com/token",
        client_id="client",
        client_secret="secret",
    )


def test_exchanges_a_refresh_token(front: Front, workspace: Workspace) -> None:
    token = workspace.identity.issue_refresh_token("ben@example.com", USERS)
    assert authorised(front, consenting(token)).get(ADA).status_code == 200
    assert last_user(workspace) == "ben@example.com"


@pytest.mark.parametrize("by_user", [True, False])
def test_ends_a_session_when_its_refresh_token_is_revoked(
    front: Front, workspace: Workspace, by_user: bool
) -> None:
    token = workspace.identity.issue_refresh_token("ben@example.com", USERS)
    session = authorised(front, consenting(token))
    session.get(ADA)
    workspace.identity.revoke("ben@example.com" if by_user else token)
    with pytest.raises(RefreshError, match="invalid_grant"):
        session.get(ADA)


def test_ends_a_session_when_delegation_is_withdrawn(front: Front, workspace: Workspace) -> None:
    workspace.identity.authorise_delegation(RUNTIME, USERS)
    session = authorised(front, own_account(workspace, USERS, subject="ada@example.com"))
    session.get(ADA)
    workspace.identity.revoke(RUNTIME)
    with pytest.raises(RefreshError, match="unauthorized_client"):
        session.get(ADA)


def test_keeps_a_session_alive_while_the_clock_moves_by_months(front: Front, workspace: Workspace) -> None:
    session = authorised(front, own_account(workspace, USERS))
    session.get(ADA)
    workspace.clock.move(timedelta(days=90))
    workspace.calls.clear()
    assert session.get(ADA).status_code == 200
    assert len(workspace.calls) == 1


def test_renews_an_expired_token_once(front: Front, workspace: Workspace) -> None:
    session = authorised(front, own_account(workspace, USERS))
    session.get(ADA)
    workspace.identity.expire_access_tokens()
    workspace.calls.clear()
    assert session.get(ADA).status_code == 200
    assert [(c.method_id, c.status) for c in workspace.calls] == [
        ("directory.users.get", 401),
        ("oauth2.token", 200),
        ("directory.users.get", 200),
    ]


def test_gives_a_session_that_outlives_its_token_a_new_one(front: Front, workspace: Workspace) -> None:
    seconds = [0.0]
    session = session_for(front, "ada@example.com", clock=lambda: seconds[0])
    workspace.identity.expire_access_tokens()
    assert session.get(ADA).status_code == 401
    seconds[0] = 3_500.0
    assert session.get(ADA).status_code == 200


def test_gives_no_new_token_to_who_took_theirs_off(front: Front) -> None:
    seconds = [0.0]
    session = session_for(front, "ada@example.com", clock=lambda: seconds[0])
    del session.headers["Authorization"]
    seconds[0] = 3_500.0
    assert session.get(ADA).status_code == 401


def test_refuses_an_unknown_kind_of_grant(front: Front) -> None:
    session = requests.Session()
    mount(session, front)
    answer = session.post("https://oauth2.googleapis.com/token", data={"grant_type": "password"})
    assert answer.json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize(
    ("token", "user"), [("replay", "ada@example.com"), ("local:BEN@example.com", "ben@example.com")]
)
def test_takes_any_token_when_told_to(front: Front, workspace: Workspace, token: str, user: str) -> None:
    workspace.identity.accept_any_token = True
    session = requests.Session()
    mount(session, front)
    session.get(ADA, headers={"Authorization": f"Bearer {token}"})
    assert last_user(workspace) == user


def test_takes_no_unknown_token_unless_told_to(front: Front) -> None:
    session = requests.Session()
    mount(session, front)
    answer = session.get(ADA, headers={"Authorization": "Bearer local:ada@example.com"})
    assert answer.status_code == 401


def test_keeps_accounts_and_rights_in_snapshots(workspace: Workspace) -> None:
    key = own_account(workspace, USERS, subject="ada@example.com")
    workspace.identity.authorise_delegation(RUNTIME, USERS)
    snapshot = workspace.store.snapshot()
    later = Front(Workspace(clock=workspace.clock))
    later.workspace.store.restore(snapshot)
    assert authorised(later, key).get(ADA).status_code == 200
    assert later.workspace.user("ada@example.com") == User(
        email="ada@example.com", name="Ada Byron", is_admin=True
    )
