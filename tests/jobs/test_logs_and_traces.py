"""What an operator can tell about a key, from log lines and from the spreadsheets; and what they can't see there."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from cast import Cast
from peerpact import logs
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.job import OutOfTime, run
from peerpact.operating.trace import trace

BEN, SECRET = "ben@example.com", "I will talk to Dina about the budget by Friday."


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    logs.key_secret.set(b"the installation's log key")
    stream = io.StringIO()
    handler = logs.to_stream(stream)
    yield stream
    logs.log.removeHandler(handler)
    logs.log.propagate = True


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def traced(cast: Cast, key: str) -> list[str]:
    return trace(cast.company.access(JOBS["send_follow_ups"]), key)


def pairing_of_ben(cast: Cast) -> str:
    return next(p["Pairing"] for p in cast.tab("Pairings") if BEN in p["Addresses"])


def whole_month(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    for job in ("pair_people", "book_first_meetings"):
        cast.run(job)
    cast.wait(days=14)
    for job in ("book_first_meetings", "send_follow_ups"):
        cast.run(job)
    cast.reply(BEN, SECRET, to="commitment-request")
    for job in ("collect_replies", "report", "check_roster"):
        cast.run(job)


def test_logs_one_line_of_json_for_each_action_with_job_key_and_result(
    cast: Cast, stream: io.StringIO
) -> None:
    outcome = cast.run("pair_people")
    said = [(line["severity"], line["job"], line["key"], line["result"]) for line in lines(stream)]
    assert said == [("INFO", "pair_people", logs.opaque(a.key), "done") for a in outcome.plan.actions]


def test_names_no_key_so_that_somebody_who_guesses_it_could_tell(cast: Cast, stream: io.StringIO) -> None:
    keys = [a.key for a in cast.run("pair_people").plan.actions]
    said = {line["key"] for line in lines(stream)}
    assert said.isdisjoint(keys)
    assert said.isdisjoint(logs.opaque(key, b"another installation's") for key in keys)
    logs.key_secret.set(b"")
    assert {logs.opaque(key) for key in keys} == {"(no log key)"}


def test_logs_no_name_no_address_and_none_of_what_people_wrote(cast: Cast, stream: io.StringIO) -> None:
    whole_month(cast)
    said = stream.getvalue()
    assert len(lines(stream)) > 20
    assert "@" not in said
    for word in ("Ben", "Berg", "Dina", "Duval", "budget", "chess"):
        assert word not in said


def test_tells_of_a_letter_that_left_before_its_run_was_out_of_time(cast: Cast, stream: io.StringIO) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    job = JOBS["book_first_meetings"]
    with pytest.raises(OutOfTime):
        run(job, lambda: cast.company.access(job), cast.clock.now, deadline=timedelta(0))
    assert {line["result"] for line in lines(stream) if line["job"] == job.name} == {"not all done"}


def test_takes_addresses_out_of_sentences() -> None:
    line = json.loads(logs.line("ERROR", {"why": f"Not found: {BEN}."}, f"Failed for <{BEN}>"))
    assert (line["severity"], line["message"]) == ("ERROR", "Failed for <(address)>")
    assert BEN not in line["why"]


def test_shows_a_letters_life_under_each_of_its_names(cast: Cast) -> None:
    whole_month(cast)
    logs.key_secret.set(cast.company.config.log_key.encode())
    letter = next(
        r
        for r in cast.ledger("Letters")
        if r["Letter"].startswith("commitment-request") and r["Person"] == BEN
    )
    by_key = traced(cast, letter["Letter"])
    assert by_key == traced(cast, logs.opaque(letter["Letter"])) == traced(cast, letter["Reference"])
    assert by_key[0].startswith(
        f"Letter {letter['Reference']} (commitment-request) in The ledger spreadsheet: sent"
    )
    assert all(
        word in by_key[0] for word in ("planned 2026-", "sent 2026-", "answered 2026-", letter["Message"])
    )
    assert by_key[1].startswith("Reply ")


def test_shows_a_pairings_life_with_its_letters_and_replies(cast: Cast) -> None:
    whole_month(cast)
    said = traced(cast, pairing_of_ben(cast))
    assert [line.split()[0] for line in said] == ["Pairing", *["Letter"] * 5, "Reply"]
    assert "meeting 1 not known" in said[0]
    assert "meeting 2 invited" in said[0]


def test_shows_nothing_of_what_people_wrote_nor_who_they_are(cast: Cast) -> None:
    whole_month(cast)
    said = "\n".join(traced(cast, pairing_of_ben(cast)))
    assert "budget" not in said
    assert "@" not in said
    taken = {r["Taken as"] for r in cast.ledger("Replies") if r["Letter"]}
    assert taken
    assert not [words for words in taken if words in said]


def test_says_when_nothing_is_known_and_changes_nothing(cast: Cast) -> None:
    cast.writes()
    assert traced(cast, "letter:none") == []
    assert cast.writes() == 0
