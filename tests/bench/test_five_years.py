"""Somebody with five years of history is told all that is kept about them, and forgotten, and nobody else with them."""

from __future__ import annotations

import json
from collections import Counter
from email.message import EmailMessage

import pytest
from heavy_years import with_past

from cast import Cast
from everything import Rows, archive, everything
from peerpact.programme.commitments import ERASED

BEN = "ben@example.com"
YEARS = 5


@pytest.fixture
def years(cast: Cast) -> Cast:
    with_past(cast, YEARS)
    archive(cast)
    return cast


def of(person: str, rows: Rows) -> Rows:
    return {key: row for key, row in rows.items() if person in (row.get("people") or (row.get("person"),))}


def counted(rows: Rows) -> dict[str, int]:
    return dict(Counter(key[1] for key in rows))


def ask(cast: Cast, text: str) -> EmailMessage:
    cast.write(BEN, text, to=cast.company.config.mailbox)
    cast.run("collect_replies")
    return cast.mails(BEN)[-1]


def test_gives_somebody_all_that_is_kept_about_them_and_forgets_them_when_asked(years: Cast) -> None:
    before = everything(years)
    mine = of(BEN, before)
    promises = {row["text"] for key, row in mine.items() if key[1] == "Commitments"} - {ERASED}
    assert promises
    assert counted(mine)["Pairings"] > 3 * YEARS
    [file] = list(ask(years, "my data").iter_attachments())
    told = json.loads(file.get_payload(decode=True))  # type: ignore[arg-type]
    assert {title: len(told[title]) for title in counted(mine)} == counted(mine)
    assert promises <= {row["text"] for row in told["Commitments"]}
    ask(years, "forget me")
    years.reply(BEN, "forget me", to="acknowledgement")
    years.run("collect_replies")
    years.wait(days=8)
    years.run("collect_replies")
    after = everything(years)
    assert [key for key in of(BEN, after) if key[0] == "ledger"] == []
    assert [text for text in promises if text in str(after)] == []
    others = {key: row for key, row in before.items() if key not in mine}
    assert {key for key, row in others.items() if after.get(key) != row} == set()
