"""What stands in the way is said in a clear sentence, the exit status is not 0, and nothing is half done."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from cast import Cast
from peerpact.errors import GoogleError, SheetError
from peerpact.jobs.catalogue import JOBS


def refused(cast: Cast, job: str, error: type[Exception], sentence: str) -> None:
    cast.writes()
    with pytest.raises(error, match=re.escape(sentence)):
        cast.run(job)
    assert cast.writes() == 0


def refused_and_told(cast: Cast, job: str, sentence: str) -> None:
    """See that a job stops, changes nothing but Problems, and says there once what is to be corrected."""
    for writes in (1, 0):
        cast.writes()
        with pytest.raises(SheetError, match=re.escape(sentence)):
            cast.run(job)
        assert cast.writes() == writes
        assert [sentence in problem["What is wrong"] for problem in cast.tab("Problems")] == [True]


@pytest.mark.parametrize("job", list(JOBS))
def test_names_a_tab_that_is_missing(cast: Cast, job: str) -> None:
    cast.company.sheet().worksheet("Roster").update_title("People")
    refused_and_told(cast, job, "The programme spreadsheet has no tab “Roster”. If it was renamed,")


@pytest.mark.parametrize("job", list(JOBS))
def test_names_a_column_that_is_missing(cast: Cast, job: str) -> None:
    cast.enter("Roster", "C1", "Crew")
    refused_and_told(cast, job, "The tab “Roster” has no column “Team”.")


def test_takes_back_what_it_told_once_the_column_is_there_again(cast: Cast) -> None:
    for header in ("Crew", "Team"):
        cast.enter("Roster", "C1", header)
        for job in JOBS:
            with suppress(SheetError):
                cast.run(job)
    assert [p for p in cast.tab("Problems") if "could not do its work" in p["What is wrong"]] == []


@pytest.mark.parametrize("job", list(JOBS))
def test_names_a_column_that_stands_there_twice(cast: Cast, job: str) -> None:
    cast.enter("Roster", "D1", "team")
    refused_and_told(cast, job, "The tab “Roster” has the column “Team” twice (columns C and D).")


@pytest.mark.parametrize("job", list(JOBS))
def test_says_when_the_spreadsheet_is_not_shared(cast: Cast, job: str) -> None:
    owner = cast.company.session(cast.company.config.mailbox)
    url = f"https://www.googleapis.com/drive/v3/files/{cast.company.config.programme_spreadsheet}/permissions"
    for permission in owner.get(f"{url}?fields=permissions(id,role)").json()["permissions"]:
        if permission["role"] != "owner":
            owner.delete(f"{url}/{permission['id']}")
    refused(cast, job, SheetError, "can't be opened. Check its id, and share it as editor with the account")


def test_says_when_the_sign_in_is_revoked(cast: Cast) -> None:
    cast.run("check_roster")
    cast.company.workspace.identity.expire_access_tokens()
    cast.company.workspace.store.collection("identity/accounts").clear()
    with pytest.raises(GoogleError, match="Google no longer accepts our sign-in"):
        cast.run("check_roster")


@pytest.mark.parametrize("job", list(JOBS))
def test_takes_an_empty_roster_as_nobody(cast: Cast, job: str) -> None:
    cast.company.sheet().worksheet("Roster").batch_clear(["A2:L100"])
    cast.run(job)
    assert cast.tab("Pairings") == []


def test_lets_only_the_two_mail_jobs_open_the_ledger(cast: Cast) -> None:
    opened = {}
    for name, job in JOBS.items():
        try:
            cast.company.access(job).ledger.read(["Commitments"])
            opened[name] = True
        except SheetError:
            opened[name] = False
    assert opened == {name: name in {"send_follow_ups", "collect_replies"} for name in JOBS}
