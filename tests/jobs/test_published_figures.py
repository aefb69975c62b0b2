"""What was published about commitments is kept in the ledger: an older version of the programme spreadsheet that is put
back can't have it counted again.
"""

from __future__ import annotations

import gspread
import pytest

from cast import Cast

JANUARY = ["2026-01", 8, 6, 5, 0.8333]
HEADERS = ("Month", "Commitments made", "Due so far", "Kept so far", "Follow-through")


def told(cast: Cast, kind: str, title: str) -> list[list[object]]:
    sheet = opened(cast, kind).worksheet(title)
    header, *rows = sheet.get_all_values(value_render_option="UNFORMATTED_VALUE")  # type: ignore[arg-type]
    return [[row[header.index(name)] for name in HEADERS] for row in rows]


def opened(cast: Cast, kind: str) -> gspread.Spreadsheet:
    config = cast.company.config
    client = gspread.Client(auth=None, session=cast.company.session(config.mailbox))  # type: ignore[arg-type]
    return client.open_by_key(
        config.programme_spreadsheet if kind == "programme" else config.ledger_spreadsheet
    )


def write(cast: Cast, kind: str, title: str) -> None:
    sheet = opened(cast, kind).worksheet(title)
    header = sheet.row_values(1)
    for name, value in zip(HEADERS, JANUARY, strict=True):
        sheet.update_cell(2, header.index(name) + 1, value)


@pytest.mark.parametrize(
    ("kind", "title"),
    [("programme", "Overview"), ("ledger", "Published")],
    ids=["lost by the ledger", "put back"],
)
def test_brings_back_what_was_published_wherever_it_is_missing(cast: Cast, kind: str, title: str) -> None:
    write(cast, kind, title)
    cast.run("send_follow_ups")
    assert told(cast, "programme", "Overview") == [JANUARY]
    assert told(cast, "ledger", "Published") == [JANUARY]
    cast.writes()
    cast.run("send_follow_ups")
    assert cast.writes() == 0


def test_goes_on_where_an_older_ledger_keeps_no_figures_yet(cast: Cast) -> None:
    ledger = opened(cast, "ledger")
    ledger.del_worksheet(ledger.worksheet("Published"))
    write(cast, "programme", "Overview")
    assert cast.run("send_follow_ups").finished
    assert told(cast, "programme", "Overview") == [JANUARY]


def test_leaves_on_runs_no_trace_of_a_reply_or_of_a_mail_about_what_was_promised(met: Cast) -> None:
    """An admin knows who is due which letter, but for who has answered: one row more would tell of that."""
    before = met.tab("Runs")
    met.reply("ben@example.com", "I will read a book about otters.", to="commitment-request")
    met.run("collect_replies")
    met.wait(days=10)
    met.run("send_follow_ups")
    assert met.tab("Runs") == before
    met.write("ben@example.com", "Can somebody look at this?", to=met.company.config.mailbox)
    met.run("collect_replies")
    last = met.tab("Runs")[-1]
    assert [last[c] for c in ("Job", "Done", "Seconds", "Letters", "Needs a person")] == [
        "collect_replies",
        "replies and mails, which are not counted here",
        "",
        "",
        "1",
    ]
