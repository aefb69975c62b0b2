"""The digest to the admins: one a week, whatever a Monday was like."""

from __future__ import annotations

import pytest

from cast import Cast
from peerpact.errors import GoogleError
from workspace_emulator import Effect, Fault

ADMIN = "people.team@example.com"


def digests(cast: Cast) -> list[str]:
    """Return the weeks of the digests that arrived."""
    keys = [mail["X-Peerpact"] for mail in cast.mails(ADMIN)]
    return [key.split(":")[1] for key in keys if key.startswith("digest:")]


def fail_all_monday(cast: Cast, method: str) -> None:
    cast.company.workspace.faults.add(Fault(effect=Effect.REFUSE, status=503, method=method))
    for _ in range(3):
        with pytest.raises(GoogleError):
            cast.run("report")
    cast.company.workspace.faults.clear()


def test_sends_one_a_week(met: Cast) -> None:
    met.run("report")
    met.writes()
    met.run("report")
    assert met.writes() == 0
    met.wait(days=7)
    met.run("report")
    assert len(set(digests(met))) == len(digests(met)) == 2


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_sends_late_and_alone_what_a_monday_began_on_which_nothing_worked(met: Cast, method: str) -> None:
    fail_all_monday(met, method)
    assert digests(met) == []
    met.wait(days=7)
    met.run("report")
    met.run("report")
    assert len(digests(met)) == 1
    assert met.checker().faults() == []
    met.wait(days=7)
    met.run("report")
    assert len(set(digests(met))) == len(digests(met)) == 2


def test_finishes_what_was_begun_when_the_last_round_is_over(met: Cast) -> None:
    fail_all_monday(met, "gmail.users.drafts.send")
    met.wait(days=300)
    met.run("report")
    assert len(digests(met)) == 1
    assert met.checker().faults() == []


def test_greets_nobody_by_their_address(met: Cast) -> None:
    met.run("report")
    digest = next(mail for mail in met.mails(ADMIN) if mail["X-Peerpact"].startswith("digest:"))
    body = digest.get_body(("html",))
    assert body is not None
    assert "Hello" not in body.get_content()


def test_renews_the_one_page_of_which_somebody_who_asks_gets_a_print(met: Cast) -> None:
    met.run("check_roster")
    met.run("report")
    page = {row["The programme on one page"]: row["In words"] for row in met.tab("Report")}
    start = {row["Topic"]: row["In words"] for row in met.tab("Start here")}
    same = ("In one sentence", "Taking part", "Pairings", "Meetings", "Follow-through", "What happens next")
    assert [page[topic] for topic in same[1:2]] == [start[topic] for topic in same[1:2]]
    assert set(same) <= page.keys()
    met.writes()
    met.run("report")
    assert met.writes() == 0
