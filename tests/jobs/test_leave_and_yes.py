"""Days on which nothing is sent, leave that a mail tells, and who is in only with a yes: as people get to feel it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cast import MAIL, MONDAY, Cast

BEN, CLEO, FAY = "ben@example.com", "cleo@example.com", "fay@example.com"
NOTE = "I am out of the office until 27 February. In urgent cases, please write to Dina."


def test_waits_through_leave_and_asks_once_after_it(met: Cast) -> None:
    met.reply(BEN, NOTE, to="commitment-request", headers={"Auto-Submitted": "auto-replied"})
    met.run("collect_replies")
    assert [(r["Asked for"], r["Until"]) for r in met.tab("Requests")] == [("away", "2026-02-28")]
    before = {person: len(met.letters(person)) for person in (BEN, FAY)}
    for days in range(7, 43, 7):
        met.go_to(datetime(2026, 1, 12, 10, tzinfo=UTC) + timedelta(days=days))
        met.run("send_follow_ups")
    assert len(met.letters(BEN)) == before[BEN]
    assert len(met.letters(FAY)) > before[FAY]
    met.go_to(datetime(2026, 3, 2, 10, tzinfo=UTC))
    for _ in range(3):
        met.run("send_follow_ups")
        met.wait(hours=4)
    assert len(met.letters(BEN)) == before[BEN] + 1
    assert met.checker().faults() == []


def test_hears_of_leave_from_the_responder_of_somebody_s_own_mailbox(cast: Cast) -> None:
    responder = {"enableAutoReply": True, "responseSubject": "Away", "responseBodyPlainText": NOTE}
    cast.company.session(BEN).put(f"{MAIL}/settings/vacation", json=responder).raise_for_status()
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    for job in ("pair_people", "book_first_meetings", "collect_replies"):
        cast.run(job)
    assert cast.letters(BEN)[-1].startswith("introduction:")
    away = [(r["Person"], r["Asked for"], r["Until"]) for r in cast.tab("Requests")]
    assert away == [(BEN, "away", "2026-02-28")]


def test_writes_to_nobody_on_a_day_off_of_the_company_and_shows_what_can_t_be_read(met: Cast) -> None:
    day = met.clock.now() + timedelta(days=28)
    row = [[f"{day:%Y-%m-%d}", "", "Company day", ""], ["soon", "", "Party", ""]]
    met.company.sheet().worksheet("Days off").update(row, "A2:D3", raw=False)
    met.go_to(day)
    assert [a for a in met.preview("send_follow_ups") if a.startswith("Write to")] == []
    met.run("check_roster")
    assert [p["Column"] for p in met.tab("Problems") if p["Tab"] == "Days off"] == ["First day"]
    met.wait(days=1)
    assert len(met.preview("send_follow_ups")) > 3


def test_pairs_only_those_who_said_yes_where_that_is_set(cast: Cast) -> None:
    cast.setting("Who is in", "only who says yes")
    for row in (4, 8):  # Cleo and Gus
        cast.enter("Roster", f"J{row}", "")
    cast.go_to(datetime(2026, 1, 2, 10, tzinfo=UTC))
    cast.run("send_follow_ups")
    assert "A new round opens on 5 January 2026: are you in?" in [m["Subject"] for m in cast.mails(CLEO)]
    cast.reply(CLEO, "I'm in", to="announcement")
    cast.run("collect_replies")
    cast.go_to(MONDAY)
    cast.run("pair_people")
    paired = {e for p in cast.tab("Pairings") for e in p["Addresses"].split(", ")}
    assert CLEO in paired
    assert "gus@example.com" not in paired


def test_pairs_and_introduces_by_what_people_say_that_they_want_to_talk_about(cast: Cast) -> None:
    cast.setting("Points: no common topic", 500)
    for row in (3, 4, 8):
        cast.enter("Roster", f"H{row}", "English")
    cast.go_to(datetime(2026, 1, 2, 10, tzinfo=UTC))
    cast.run("send_follow_ups")
    cast.reply(CLEO, "I want to talk about otters\nI can offer Python, tea", to="announcement")
    cast.reply("gus@example.com", "I can offer otters", to="announcement")
    cast.run("collect_replies")
    said = [(r["Person"], r["Asked for"], r["In their words"]) for r in cast.tab("Requests")]
    assert said[:2] == [(CLEO, "talk about", "otters"), (CLEO, "can offer", "Python, tea")]
    assert "You want to talk about: otters" in str(cast.mails(CLEO)[-1].get_body(("plain",)))
    cast.go_to(MONDAY)
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    [row] = [p for p in cast.tab("Pairings") if CLEO in p["Addresses"]]
    assert "gus@example.com" in row["Addresses"]
    assert "can offer what Cleo" in row["Why this pair"]
    told = str(cast.mails("gus@example.com")[-1].get_body(("plain",)))
    assert "Wants to talk about: otters" in told
    assert "Can offer: Python, tea" in told


def test_keeps_no_words_of_who_wants_to_be_forgotten(cast: Cast) -> None:
    cast.enter("Roster", "H4", "English")
    cast.go_to(datetime(2026, 1, 2, 10, tzinfo=UTC))
    cast.run("send_follow_ups")
    for words, letter in (
        ("I want to talk about otters", "announcement"),
        ("forget me", "announcement"),
        ("forget me", "acknowledgement"),
    ):
        cast.reply(CLEO, words, to=letter)
        cast.run("collect_replies")
        cast.wait(minutes=15)
    assert "otters" in {r["In their words"] for r in cast.tab("Requests")}
    cast.wait(days=40)
    cast.run("collect_replies")
    assert {r["In their words"] for r in cast.tab("Requests")} == {""}
    cast.run("collect_replies")
    cast.writes()
    cast.run("collect_replies")
    assert cast.writes() == 0


def test_introduces_nobody_before_they_have_heard_of_the_round(cast: Cast) -> None:
    cast.go_to(MONDAY)
    cast.run("pair_people")
    header = cast.company.sheet().worksheet("Pairings").row_values(1)
    cast.enter("Pairings", f"{chr(65 + header.index('Decision'))}2", "approve")
    cast.run("pair_people")
    cast.run("book_first_meetings")
    [approved] = [p["Addresses"].split(", ") for p in cast.tab("Pairings") if p["State"] == "Approved"]
    assert [cast.letters(person) for person in approved] == [[], []]
    cast.wait(hours=4)
    for job in ("send_follow_ups", "send_follow_ups", "book_first_meetings"):
        cast.run(job)
    kinds = [[key.partition(":")[0] for key in cast.letters(person)] for person in approved]
    assert kinds == [["welcome", "introduction"]] * 2
