"""A pair's months from the first meeting to the second: what they get, tap and promise, through the whole Workspace."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from cast import Cast

CLEO = "cleo@example.com"
CANARY = "When the sprint ends, I will ask Dina about the canary report, by 23 January"


@pytest.fixture
def introduced(cast: Cast) -> Cast:
    """All first meetings are booked."""
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    return cast


@pytest.fixture
def met(introduced: Cast) -> Cast:
    """The morning after all first meetings, which nobody accepted, with the letters that ask for a commitment."""
    cast = introduced
    cast.go_to(datetime(2026, 1, 15, 15, tzinfo=UTC))
    for job in ("book_first_meetings", "send_follow_ups"):
        cast.run(job)
    return cast


def row(cast: Cast) -> dict[str, str]:
    return next(r for r in cast.tab("Pairings") if CLEO in r["Addresses"])


def partner(cast: Cast) -> str:
    return next(a for a in row(cast)["Addresses"].split(", ") if a != CLEO)


def words(cast: Cast, person: str, kind: str) -> str:
    mail = next(m for m in reversed(cast.mails(person)) if (m["X-Peerpact"] or "").startswith(kind))
    return f"{mail['Subject']} | " + " ".join(mail.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


def kinds(cast: Cast, person: str) -> list[str]:
    return [key.partition(":")[0] for key in cast.letters(person)]


def start(cast: Cast) -> datetime:
    return datetime.fromisoformat(row(cast)["Next meeting"]).replace(tzinfo=UTC)


def working_day_before(moment: datetime) -> datetime:
    days = {0: 3, 6: 2}.get(moment.weekday(), 1)
    return moment.replace(hour=15) - timedelta(days=days)


@pytest.mark.parametrize(
    ("tap", "state", "said"),
    [("we met", "held", "You have met."), ("we haven't met", "not met", "have not met yet")],
)
def test_counts_a_meeting_by_one_tap_of_either_and_says_it_back(
    met: Cast, tap: str, state: str, said: str
) -> None:
    assert row(met)["Meetings so far"].endswith("not known")
    met.reply(CLEO, tap, to="commitment-request")
    for job in ("collect_replies", "book_first_meetings"):
        met.run(job)
    assert row(met)["Meetings so far"].endswith(f" {state}")
    assert said in words(met, CLEO, "acknowledgement")
    assert met.ledger("Commitments") == []


def test_asks_about_a_promise_after_its_own_day_and_tells_the_partner_before_they_meet(met: Cast) -> None:
    other = partner(met)
    met.reply(CLEO, CANARY, to="commitment-request")
    met.run("collect_replies")
    assert [c["Due"] for c in met.ledger("Commitments")] == [_day(date(2026, 1, 23))]
    met.go_to(datetime(2026, 1, 26, 15, tzinfo=UTC))
    met.run("send_follow_ups")
    assert "canary" in words(met, CLEO, "follow-up")
    assert kinds(met, other).count("follow-up") == 0

    met.go_to(working_day_before(start(met)))
    met.run("send_follow_ups")
    told = words(met, other, "follow-up")
    assert told.startswith("Before you meet Cleo |")
    assert f"Cleo: {CANARY}" in told
    assert re.search(r"Did you meet on \d+ January", told)
    assert "canary" not in str(met.events(CLEO))
    assert met.checker().faults() == []


def test_asks_before_the_third_meeting_whether_they_met_at_the_second_and_in_no_letter_of_its_own(
    met: Cast,
) -> None:
    second = start(met)
    met.go_to(working_day_before(second))
    met.run("send_follow_ups")
    met.go_to(second.replace(hour=15) + timedelta(days=1))
    for job in ("book_first_meetings", "send_follow_ups"):
        met.run(job)
    assert kinds(met, CLEO)[-1] == "follow-up"
    met.go_to(working_day_before(start(met)))
    met.run("send_follow_ups")
    assert kinds(met, CLEO)[-1] == "turn"
    assert kinds(met, CLEO).count("follow-up") == 1
    told = words(met, CLEO, "turn")
    assert re.search(r"Did you meet on \d+ February", told)
    assert "It is your last meeting of this round" in told
    met.reply(partner(met), "we met", to="turn")
    for job in ("collect_replies", "book_first_meetings"):
        met.run(job)
    assert row(met)["Meetings so far"].endswith(f"{second:%Y-%m-%d %H:%M} held")


def by_the_event(cast: Cast, person: str, text: str) -> None:
    """Send what the link in their next meeting's event fills in, with a promise in place of its dots."""
    [event] = [e for e in cast.events(person) if "mailto:" in e.get("description", "")][-1:]
    link = urlsplit(unescape(re.findall(r'href="(mailto:[^"]+)"', event["description"])[0]))
    fields = parse_qs(link.query)
    assert fields["body"] == ["When …, I will …, by …"]
    cast.write(person, text, to=unquote(link.path), subject=fields["subject"][0])


def test_takes_a_promise_by_the_link_in_the_event_for_each_of_the_two_and_asks_no_more(
    introduced: Cast,
) -> None:
    cast = introduced
    first = datetime.fromisoformat(cast.events(CLEO)[0]["end"]["dateTime"])
    cast.go_to(first + timedelta(minutes=5))
    by_the_event(cast, CLEO, CANARY)
    by_the_event(cast, partner(cast), "Read the book on feedback.")
    cast.run("collect_replies")
    promises = {c["Person"]: (c["Text"], c["Pairing"]) for c in cast.ledger("Commitments")}
    assert promises == {
        CLEO: (CANARY, row(cast)["Pairing"]),
        partner(cast): ("Read the book on feedback.", row(cast)["Pairing"]),
    }
    assert "canary" in words(cast, CLEO, "acknowledgement")
    cast.go_to(first.replace(hour=15) + timedelta(days=1))
    for job in ("book_first_meetings", "send_follow_ups"):
        cast.run(job)
    for person in (CLEO, partner(cast)):
        assert "commitment-request" not in kinds(cast, person)
    by_the_event(cast, CLEO, "When I plan the week, I will keep Friday free, by 30 January")
    cast.run("collect_replies")
    assert len(cast.ledger("Commitments")) == 3
    assert cast.checker().faults() == []


def _day(day: date) -> int:
    """Return a day as a spreadsheet counts it."""
    return (day - date(1899, 12, 30)).days
