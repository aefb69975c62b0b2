"""What large tabs of the ledger hold in memory while what is over moves out of them, and what of it is kept."""

from __future__ import annotations

import gc
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import gspread
import pytest
import test_archive
from test_archive import BEN, DINA, commitment, mails, unlike

from cast import Cast
from everything import archive, copies, everything, live, workbooks
from peerpact.errors import OutOfTime
from peerpact.google import large_tabs, sheets
from peerpact.google.access import Access
from peerpact.google.large_tabs import Packed
from peerpact.google.mail import Mailbox
from peerpact.google.sheets import Workbook
from peerpact.jobs import archive as archiving
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.archive import ARCHIVE, unpacked
from peerpact.tables.rows import FieldsOf
from states import LATER

LEDGER = ("Letters", "Commitments", "Replies")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tabs with any row are large."""
    for module in (large_tabs, sheets):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    monkeypatch.setattr(large_tabs, "STRETCH", 2)


@pytest.mark.usefixtures("large")
def test_moves_out_of_large_tabs_as_much_as_one_run_holds_and_the_next_ones_the_rest(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.run("pair_people")
    before, store = everything(later), later.company.workspace.store
    snapshot = store.snapshot()
    later.run("send_follow_ups")
    wanted = mails(later), live(later)
    store.restore(snapshot)
    later.go_to(LATER)
    monkeypatch.setattr(archiving, "MOST_HELD", 6)
    for left in (9, 3):
        with pytest.raises(OutOfTime):
            later.run("send_follow_ups")
        assert live(later)["ledger Letters"] == left
        later.wait(minutes=1)
    later.run("send_follow_ups")
    assert (mails(later), live(later)) == wanted
    assert unlike(before, everything(later)) == set()
    assert copies(later) == []


@pytest.mark.usefixtures("large")
def test_holds_a_large_tab_once_while_it_moves_rows_out_of_it(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cells as they were before stayed beside those of after it, with a second index of all rows."""
    later.run("pair_people")
    held, send = [], Workbook._send

    def weighed(book: Workbook, *asked: Any) -> Any:
        gc.collect()
        if "deleteDimension" in str(asked):
            headers = [str(o[0][0]) for o in gc.get_objects() if isinstance(o, Packed)]
            held.append(sorted(h for h in headers if h in {"Commitment", "Message"}))
        return send(book, *asked)

    monkeypatch.setattr(Workbook, "_send", weighed)
    later.run("send_follow_ups")
    assert held == [["Commitment", "Message"]]


@pytest.mark.usefixtures("large")
def test_keeps_what_the_owner_wrote_in_a_column_of_their_own_on_a_large_tab(later: Cast) -> None:
    config = later.company.config
    client = gspread.Client(auth=None, session=later.company.session(config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(config.ledger_spreadsheet).worksheet("Letters")
    tab.add_cols(1)
    tab.update_cell(1, tab.col_count, "Seen by")
    tab.update_cell(2, tab.col_count, "Ida")
    letter = tab.cell(2, 1).value
    archive(later)
    rows = unpacked(workbooks(later)["ledger"].contents(ARCHIVE).rows)
    assert [c["Letter"] for _, c in rows if c.get("Seen by") == "Ida"] == [letter]


@pytest.mark.usefixtures("large")
def test_holds_what_the_ledger_says_once_while_it_reads_replies(met: Cast) -> None:
    met.reply(BEN, "I will read a book about otters.", to="commitment-request")
    met.run("collect_replies")
    met.reply(BEN, "And one about coffee.", to="acknowledgement")
    job = JOBS["collect_replies"]
    access = met.company.access(job)
    seen = job.steps.gather(access, met.clock.now())
    for title, records in (
        ("Letters", seen.letters),
        ("Commitments", seen.commitments),
        ("Replies", seen.replies),
    ):
        contents = access.ledger.contents(title)
        assert contents.rows
        for row in contents.rows:
            [key] = contents.key_of(row.values)
            assert isinstance(row.values, FieldsOf)
            assert row.values.record is records[key]


def gathered(cast: Cast) -> tuple[Access, Any]:
    job = JOBS["collect_replies"]
    access = cast.company.access(job)
    return access, job.steps.gather(access, cast.clock.now())


def pairs(cast: Cast) -> list[list[str]]:
    return [row["Addresses"].split(", ") for row in cast.tab("Pairings")]


def partner_of_ben(cast: Cast) -> str:
    return next(p for pair in pairs(cast) if BEN in pair for p in pair if p != BEN)


def with_promises(cast: Cast) -> None:
    """Ben, his partner and somebody else promised something some days ago."""
    others = (p for pair in pairs(cast) if BEN not in pair for p in pair)
    for who in (BEN, partner_of_ben(cast), next(others)):
        cast.reply(who, f"I will ask {who} about otters.", to="commitment-request")
    cast.run("collect_replies")
    cast.wait(days=3)


def test_reads_of_the_ledger_replies_alone_where_nobody_wrote(met: Cast) -> None:
    with_promises(met)
    access, seen = gathered(met)
    assert [t for t in LEDGER if access.ledger.is_read(t)] == ["Replies"]
    assert not access.programme.is_read("Letters")
    assert len(seen.replies) == 3
    assert JOBS["collect_replies"].steps.decide(seen).actions == ()


@pytest.mark.usefixtures("large")
def test_holds_of_large_tabs_what_is_about_whoever_wrote_and_their_pairing_alone(met: Cast) -> None:
    with_promises(met)
    met.reply(BEN, "Done, I asked him.", to="acknowledgement")
    _, seen = gathered(met)
    assert {x.person for x in seen.letters.values()} == {BEN}
    assert {x.kind for x in seen.letters.values()} == {
        "introduction",
        "commitment-request",
        "acknowledgement",
    }
    assert {c.person for c in seen.commitments.values()} == {BEN, partner_of_ben(met)}
    met.wait(days=46)
    _, seen = gathered(met)
    assert {r.person for r in seen.replies.values()} == set(), "the mail came too long ago"
    met.write(BEN, "status", to=met.company.config.mailbox)
    _, seen = gathered(met)
    assert {r.person for r in seen.replies.values()} == {BEN}


def test_decides_on_the_same_of_large_tabs_as_of_small_ones(
    met: Cast, request: pytest.FixtureRequest
) -> None:
    """Also of an answer to somebody else's letter, which was passed on, and of what belongs to no letter."""
    with_promises(met)
    partner = partner_of_ben(met)
    met.reply(BEN, "Done, I asked him.", to="acknowledgement")
    met.forward(partner, DINA, to="commitment-request")
    met.reply(DINA, "I will do it instead.", to="commitment-request")
    for person, text in ((partner, "my data"), (BEN, "Is there coffee?"), (BEN, "Please forget me.")):
        met.write(person, text, to=met.company.config.mailbox)
    decide = JOBS["collect_replies"].steps.decide
    whole = decide(gathered(met)[1])
    request.getfixturevalue("large")
    _, seen = gathered(met)
    assert len(whole.actions) == 5
    assert decide(seen) == whole


@pytest.mark.usefixtures("large")
def test_knows_letters_in_sent_whose_rows_it_does_not_hold(
    met: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each letter whose row is not held would be looked at in a call of its own."""
    with_promises(met)
    met.reply(BEN, "Done, I asked him.", to="acknowledgement")
    met.write(BEN, "Is there coffee?", to=met.company.config.mailbox)
    unknown, sent_by_key = list[set[str]](), Mailbox.sent_by_key

    def asked(box: Mailbox, *what: Any, but_for: Collection[str] = (), **how: Any) -> Any:
        there = {m["id"] for m in box._pages(box._messages, "messages", labelIds=["SENT"])}
        unknown.append(there - {*but_for})
        return sent_by_key(box, *what, but_for=but_for, **how)

    monkeypatch.setattr(Mailbox, "sent_by_key", asked)
    met.run("collect_replies")
    lost, said_back, *_ = unknown
    assert lost == set(), "the mail that belongs to no letter is not about one that a row lost"
    assert said_back <= {x["Message"] for x in met.tab("Letters")}, (
        "introductions are in the other spreadsheet"
    )


@pytest.mark.usefixtures("large")
def test_takes_an_answer_to_a_letter_that_is_over_and_still_on_its_tab(later: Cast) -> None:
    later.go_to(datetime(2028, 2, 7, 9, 5, tzinfo=UTC))
    later.run("pair_people")
    rows, got = live(later), later.letters(DINA)
    later.reply(DINA, "Done, I called him.", to="follow-up")
    later.run("collect_replies")
    assert commitment(later, DINA)["outcome"] == "kept"
    assert [k.partition(":")[0] for k in later.letters(DINA)[len(got) :]] == ["acknowledgement"]
    added = {k: n - rows[k] for k, n in live(later).items() if n > rows[k] and k.startswith("ledger")}
    assert added == {"ledger Letters": 1, "ledger Replies": 1}
    assert len({r["Letter"] for r in later.ledger("Letters")}) == len(later.ledger("Letters"))
    archive(later)
    assert copies(later) == []


@pytest.mark.usefixtures("large")
def test_tells_and_forgets_somebody_whose_rows_are_over_and_still_on_their_tabs(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_archive, "archive", lambda cast: cast.run("pair_people"))
    test_archive.test_tells_somebody_what_the_archive_has_about_them_and_forgets_it_when_asked(later)


@pytest.mark.usefixtures("large")
def test_tells_and_forgets_somebody_out_of_large_tabs(later: Cast) -> None:
    test_archive.test_tells_somebody_what_the_archive_has_about_them_and_forgets_it_when_asked(later)


def test_looks_up_once_what_the_archive_has_of_whoever_asks_and_holds_no_row_of_others_for_it(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(later)
    later.write(BEN, "What do you have stored about me?", to=later.company.config.mailbox)
    look_up, whole_rows = Workbook.look_up, Workbook.whole_rows
    looked, found = list[str](), list[bool]()

    def counted(book: Workbook, *what: Any) -> Any:
        looked.append(book.key)
        return look_up(book, *what)

    def compared(book: Workbook, title: str, numbers: Sequence[int]) -> Any:
        found.append([row.number for row in book.contents(title).rows] == [*numbers])
        return whole_rows(book, title, numbers)

    monkeypatch.setattr(Workbook, "look_up", counted)
    monkeypatch.setattr(Workbook, "whole_rows", compared)
    later.run("collect_replies")
    assert len(looked) == len({*looked}) == 2
    assert found == [True, True]
    assert "otters" in str([p.get_content() for p in later.mails(BEN)[-1].walk() if not p.is_multipart()])
