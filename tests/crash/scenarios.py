"""Each job at a moment at which it has real work to do."""

from __future__ import annotations

from datetime import UTC, datetime

from acts import remembers, restores
from schedules import LEASE_IS_OVER, Mortal, Scenario, run_once

from cast import Cast
from peerpact.jobs.catalogue import JOBS
from states import LATER
from workspace_emulator import InProcessAdapter

SECOND_ROUND = datetime(2026, 4, 6, 6, tzinfo=UTC)
TWO_YEARS_LATER = datetime(2028, 2, 7, 9, 5, tzinfo=UTC)
YEARS_LATER = datetime(2028, 7, 3, 9, 5, tzinfo=UTC)
"""When what was promised in the first round is to be erased."""
SIX = ("ben", "cleo", "dina", "emil", "fay", "gus")


def _opened(cast: Cast) -> None:
    cast.run("check_roster")


def _reviewed(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)


def _approved(cast: Cast) -> None:
    _reviewed(cast)
    cast.run("pair_people")


def _booked(cast: Cast) -> None:
    _approved(cast)
    cast.run("book_first_meetings")
    cast.wait(hours=2)


def _somebody_left(cast: Cast) -> None:
    _booked(cast)
    cast.leave("gus@example.com")


def _people_have_answered(cast: Cast) -> None:
    _booked(cast)
    cast.answer("ben@example.com", "declined")
    cast.answer("emil@example.com", "accepted")
    cast.leave("gus@example.com")
    cast.run("pair_people")


def _met(cast: Cast) -> None:
    _booked(cast)
    cast.wait(days=14)
    cast.run("book_first_meetings")


def _promised(cast: Cast) -> None:
    _met(cast)
    cast.run("send_follow_ups")
    for person in SIX:
        cast.reply(f"{person}@example.com", f"I will read a book about {person}.", to="commitment-request")
    cast.run("collect_replies")


def _a_month_later(cast: Cast) -> None:
    _promised(cast)
    cast.wait(days=32)  # to a Monday morning


def _answers_wait(cast: Cast) -> None:
    _met(cast)
    cast.run("send_follow_ups")
    cast.reply("ben@example.com", "Ich werde ein Buch lesen.", to="commitment-request")
    cast.reply("cleo@example.com", "I will ask for feedback after each demo.", to="commitment-request")
    cast.reply("dina@example.com", "stop", to="commitment-request")
    cast.reply("emil@example.com", "?", to="commitment-request")
    cast.write("fay@example.com", "Who has the key to the bike shed?", to=cast.company.config.mailbox)


def _a_week_is_over(cast: Cast) -> None:
    _promised(cast)
    cast.wait(days=2)


def _died(cast: Cast, job: str, call: int, ending: str) -> None:
    """Let a run of a job die before its n-th call that ends so, and the lease that it held end."""
    transport = Mortal(InProcessAdapter(cast.company.front), dies_at=call, ending=ending)
    run_once(cast, JOBS[job], transport)
    assert transport.is_dead
    cast.wait(**LEASE_IS_OVER)


def _died_among_drafts(cast: Cast) -> None:
    _met(cast)
    _died(cast, "send_follow_ups", 4, "POST /gmail/v1/users/me/drafts")


def _died_among_introductions(cast: Cast) -> None:
    _approved(cast)
    _died(cast, "book_first_meetings", 3, "/drafts/send")


def _died_among_acknowledgements(cast: Cast) -> None:
    _answers_wait(cast)
    _died(cast, "collect_replies", 2, "/drafts/send")


def _died_before_labelling(cast: Cast) -> None:
    _answers_wait(cast)
    _died(cast, "collect_replies", 1, "/batchModify")


def _too_much_at_once(cast: Cast) -> None:
    _approved(cast)
    cast.setting("Most letters per run", 2)


def _another_round_opens(cast: Cast) -> None:
    cast.setting("Months per round", 1)
    _promised(cast)
    cast.wait(days=14)


def _a_round_is_over(cast: Cast) -> None:
    """Round one, with promises of which some were kept, is over and about to be moved; round two goes on."""
    _a_month_later(cast)
    cast.run("send_follow_ups")
    for person in ("ben", "cleo"):
        cast.reply(f"{person}@example.com", "Done, I read it.", to="follow-up")
    cast.run("collect_replies")
    cast.go_to(SECOND_ROUND)
    cast.run("pair_people")
    cast.run("report")
    cast.go_to(LATER)


def _its_pairings_are_in_the_archive(cast: Cast) -> None:
    _a_round_is_over(cast)
    cast.run("pair_people")


def _it_is_in_the_archive(cast: Cast) -> None:
    _its_pairings_are_in_the_archive(cast)
    cast.run("send_follow_ups")


def _the_ledger_is_as_it_was_before_that(cast: Cast) -> None:
    _its_pairings_are_in_the_archive(cast)
    remembers("ledger")(cast)
    cast.run("send_follow_ups")
    restores("ledger")(cast)


def _the_programme_is_as_it_was_before_that(cast: Cast) -> None:
    _a_round_is_over(cast)
    remembers("programme")(cast)
    cast.run("pair_people")
    cast.run("send_follow_ups")
    restores("programme")(cast)


def _words_of_long_ago_are_to_go(cast: Cast) -> None:
    _it_is_in_the_archive(cast)
    cast.go_to(YEARS_LATER)
    cast.run("pair_people")


def _people_write_of_what_is_long_over(cast: Cast) -> None:
    """They answer letters of years ago, and ask what is kept of them, whole and for short."""
    _it_is_in_the_archive(cast)
    cast.go_to(TWO_YEARS_LATER)
    for name in ("pair_people", "send_follow_ups"):
        cast.run(name)
    cast.reply("dina@example.com", "Done, I read it.", to="follow-up")
    cast.reply("emil@example.com", "my data", to="introduction")
    for person, text in (("ben", "my data"), ("cleo", "status"), ("fay", "Is there coffee?")):
        cast.write(f"{person}@example.com", text, to=cast.company.config.mailbox)


def _somebody_is_to_be_forgotten(cast: Cast) -> None:
    _it_is_in_the_archive(cast)
    cast.write("ben@example.com", "forget me", to=cast.company.config.mailbox)
    cast.run("collect_replies")
    cast.wait(days=1)
    cast.reply("ben@example.com", "forget me", to="acknowledgement")
    cast.run("collect_replies")
    cast.wait(days=40)


def _faults_stand_there(cast: Cast) -> None:
    cast.enter("Roster", "E3", "Mars/Base")
    cast.enter("Settings", "B5", "not an address")


SCENARIOS = (
    Scenario("the roster has faults", "check_roster", _faults_stand_there),
    Scenario("a round opens", "pair_people", _opened),
    Scenario("the review is over", "pair_people", _reviewed),
    Scenario("somebody left", "pair_people", _somebody_left),
    Scenario("pairings were approved", "book_first_meetings", _approved),
    Scenario("people have answered invitations", "book_first_meetings", _people_have_answered),
    Scenario("meetings were held", "send_follow_ups", _met),
    Scenario("promises are due", "send_follow_ups", _a_month_later),
    Scenario("replies wait", "collect_replies", _answers_wait),
    Scenario("a week is over", "report", _a_week_is_over),
    Scenario("another round opens", "pair_people", _another_round_opens),
    Scenario("a round is over", "pair_people", _a_round_is_over),
    Scenario("a round's promises are over", "send_follow_ups", _its_pairings_are_in_the_archive),
    Scenario("the ledger was restored", "send_follow_ups", _the_ledger_is_as_it_was_before_that),
    Scenario("the programme was restored", "pair_people", _the_programme_is_as_it_was_before_that),
    Scenario("words of long ago are to go", "send_follow_ups", _words_of_long_ago_are_to_go),
    Scenario("people write of what is over", "collect_replies", _people_write_of_what_is_long_over),
    Scenario(
        "somebody is to be forgotten", "collect_replies", _somebody_is_to_be_forgotten, "ben@example.com"
    ),
    Scenario("too much at once", "book_first_meetings", _too_much_at_once),
    Scenario("a run died among introductions", "book_first_meetings", _died_among_introductions),
    Scenario("a run died among drafts", "send_follow_ups", _died_among_drafts),
    Scenario("a run died among acknowledgements", "collect_replies", _died_among_acknowledgements),
    Scenario("a run died before labelling", "collect_replies", _died_before_labelling),
)
