"""``peerpact doctor``: green on a healthy installation; each ailment is found, and its sentence says what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ailments import (
    AILMENTS,
    SHEETS,
    Changes,
    Ill,
    an_alias_is_configured,
    came,
    doing,
    installation,
    nobody_may_sign,
    refusing,
    sheets_that_carry_out_half_a_batch,
    succeeded,
    without,
)

from cast import Cast
from peerpact.google.scopes import HOURS
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor import NAMES, Finding, examine
from peerpact.operating.doctor.findings import State, looked_at
from peerpact.operating.doctor.mailbox import CHECKS
from peerpact.operating.doctor.unverified import TRIED_BY
from workspace_emulator import Effect, Fault, User
from workspace_emulator.calendar.calendars import set_working_hours
from workspace_emulator.calendar.options import set_calendar_options
from workspace_emulator.core.errors import bad_request
from workspace_emulator.gmail.options import set_mail_options
from workspace_emulator.sheets.requests.table import KINDS


@pytest.fixture
def healthy(cast: Cast) -> Cast:
    """An installation with its labels, whose jobs have all succeeded."""
    it = installation(cast)
    it.mail.mailbox.make_labels()
    for job in JOBS:
        succeeded(it, job, timedelta(0))
    return cast


def findings(cast: Cast, changes: Changes = None) -> dict[str, Finding]:
    return {f.check: f for f in examine(installation(cast, **(changes or {})))}


def test_finds_nothing_wrong_with_a_healthy_installation(healthy: Cast) -> None:
    found = findings(healthy)
    assert [f for f in found.values() if f.is_red] == []
    assert tuple(found) == NAMES
    assert found["own header"].words == "X-Peerpact is kept."


def test_leaves_nothing_behind_that_people_or_jobs_see(healthy: Cast) -> None:
    before, ranges = healthy.preview("book_first_meetings"), named_ranges(healthy)
    assert not any(f.is_red for f in findings(healthy).values())
    assert healthy.mails(healthy.company.config.mailbox) == []
    assert {e["status"] for e in healthy.events(healthy.company.config.mailbox)} == {"cancelled"}
    assert healthy.preview("book_first_meetings") == before
    assert named_ranges(healthy) == ranges
    shown = installation(healthy).owner.owned_programme.comments()
    assert "comments" not in shown
    assert all(not healthy.mails(person, "in:anywhere") for person in ("ada@example.com", "ben@example.com"))


def named_ranges(cast: Cast) -> list[str]:
    config = cast.company.config
    answer = cast.company.session(config.mailbox).get(f"{SHEETS}/{config.programme_spreadsheet}").json()
    return [r["namedRangeId"] for r in answer.get("namedRanges", ())]


@pytest.mark.parametrize(("check", "ill", "words"), AILMENTS, ids=[f"{a[0]}: {a[2][:20]}" for a in AILMENTS])
def test_finds_what_is_wrong_and_says_what_to_do(healthy: Cast, check: str, ill: Ill, words: str) -> None:
    found = findings(healthy, ill(healthy))[check]
    assert found.is_red
    assert words in found.words
    assert found.words.endswith(".")


HARMLESS = {
    "scope admin.directory.user.readonly",
    "scope calendar.calendars.readonly",
    "accounts",
    "working hours",
    "Message-ID",
}
"""Whatever these find, the jobs can do with it."""


def test_has_an_ailment_for_every_check() -> None:
    assert {check for check, _, _ in AILMENTS} == set(NAMES) - HARMLESS


@pytest.mark.parametrize("ill", [nobody_may_sign, an_alias_is_configured])
def test_tries_nothing_more_where_it_can_t_act_or_would_act_as_somebody_else(healthy: Cast, ill: Ill) -> None:
    found = list(findings(healthy, ill(healthy)).values())
    assert [f.is_red for f in found] == [False] * (len(found) - 1) + [True]
    assert len(found) <= 2


def test_finds_an_older_spreadsheet(healthy: Cast) -> None:
    healthy.company.sheet(healthy.company.config.mailbox).worksheet("Roster").delete_columns(9)
    assert (
        "Run “peerpact init”, which brought “Roster” up to date"
        in findings(healthy)["programme spreadsheet"].words
    )


def test_says_before_the_first_run_how_to_start_the_jobs(cast: Cast) -> None:
    found = findings(cast)["runs"]
    assert found.words.startswith(", ".join(JOBS))
    assert "gcloud scheduler jobs run peerpact-JOB" in found.words


def test_does_not_call_green_what_a_laptop_without_a_lease_bucket_has_not(healthy: Cast) -> None:
    found = findings(healthy, {"config": {"lease_bucket": ""}})
    assert {found[name].state for name in ("lease bucket", "runs")} == {State.NOT_LOOKED_AT}


def test_takes_sheets_without_comments_as_it_is(healthy: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "insertComment", lambda *_: no_comments())
    found = findings(healthy)["comments at cells"]
    assert found.state is State.NOT_LOOKED_AT
    assert found.words.endswith("Problems are on the tab Problems alone.")


def no_comments() -> None:
    raise bad_request("Unknown name “insertComment”.")


def test_takes_a_directory_that_may_not_be_asked_as_green(healthy: Cast) -> None:
    refusing("directory.*", 403)(healthy)
    assert findings(healthy)["scope admin.directory.user.readonly"].state is State.GREEN


def test_says_for_how_many_people_their_own_calendar_tells_working_hours(healthy: Cast) -> None:
    assert findings(healthy)["working hours"].state is State.NOT_LOOKED_AT
    set_working_hours(healthy.company.workspace, "ben@example.com", {"monday": (540, 1020)})
    assert "1 of 7 people's own calendars" in findings(healthy)["working hours"].words
    without(HOURS)(healthy)
    assert findings(healthy)["working hours"].state is State.NOT_LOOKED_AT
    assert findings(healthy)["scope calendar.calendars.readonly"].state is State.GREEN


def test_says_whether_suspended_accounts_are_noticed(healthy: Cast) -> None:
    assert findings(healthy)["accounts"].state is State.GREEN
    mailbox = healthy.company.config.mailbox
    healthy.company.workspace.add_user(User(email=mailbox, name="Peer mentoring"))
    assert "Users, Read" in findings(healthy)["accounts"].words


def test_takes_a_mailbox_without_working_locations_as_green(healthy: Cast) -> None:
    set_calendar_options(healthy.company.workspace, has_working_locations=False)
    assert findings(healthy)["working location"].words == "this mailbox may not have working locations."


def test_says_what_gmail_makes_of_message_id_and_how_far_searches_lag(healthy: Cast) -> None:
    set_mail_options(healthy.company.workspace, replaces_message_id=True, search_lag_seconds=5)
    found = findings(healthy)
    assert [f for f in found.values() if f.is_red] == []
    assert found["Message-ID"].words.startswith("replaced by Gmail")
    assert found["search"].words == "a mail that arrived is found after 7 seconds."


def test_judges_by_the_replies_of_the_last_weeks_whether_gmail_vouches_for_people(healthy: Cast) -> None:
    """A letter to itself proves nothing: what an account sends itself carries no such header."""

    def judged() -> Finding:
        it = installation(healthy)
        [check] = [check for name, check in CHECKS.items() if name == "Authentication-Results"]
        return looked_at("Authentication-Results", check, it)

    came(healthy, "dmarc=fail header.from=elsewhere.example", sender="ads@elsewhere.example")
    assert (judged().state, judged().words[:13]) == (State.NOT_LOOKED_AT, "not tried yet")
    came(healthy, "dmarc=pass header.from=example.com")
    assert judged().words == "Gmail vouches for all of the last 1 mails from people on the roster."
    came(healthy, "spf=none smtp.mailfrom=example.com", sender="dina@example.com")
    assert judged().words.startswith("Gmail vouches for 1 of the last 2 mails")
    assert judged().state is State.GREEN
    came(healthy, "dkim=fail header.d=example.com")
    assert judged().is_red
    healthy.wait(days=22)
    assert judged().state is State.NOT_LOOKED_AT


def test_cleans_up_after_a_doctor_that_died(healthy: Cast) -> None:
    ranges = named_ranges(healthy)
    doing(healthy, Fault(effect=Effect.DROP_BEFORE, method="sheets.spreadsheets.batchUpdate"))
    sheets_that_carry_out_half_a_batch(healthy)
    findings(healthy)
    healthy.company.workspace.faults.clear()
    assert findings(healthy)["one atomic batch"].state is State.GREEN
    assert named_ranges(healthy) == ranges


def test_tries_what_the_list_of_the_unverified_says_that_it_tries() -> None:
    assert {name for names in TRIED_BY.values() for name in names} <= set(NAMES)
