"""Lines that say who wrote the quote below: what of them proves it, how far up they reach, and what is beside them."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.attributions import attribution_ending_at, ends_like_header, split_attribution
from peerpact.programme.replies.evidence import Span
from peerpact.programme.replies.ours import OurLetters

QUOTED, BARE = "above a quote", "above nothing quoted"
BOTH = (QUOTED, BARE)
DAY = "12 March 2026"
TIME = f"{DAY} 10:04"
ANNA = "<anna@example.com>"
WROTE = "Anna anna@example.com wrote:"


def words(count: int) -> str:
    return " ".join(["ant"] * count)


def padded(text: str, length: int) -> str:
    """Return a text with so many letters in place of its tilde that it has a length."""
    return text.replace("~", "x" * (length - len(text) + 1))


def above(text: str) -> dict[str, int]:
    """Return how many lines are taken, counted from the last one upwards, with a quote below and without."""
    lines = text.split("\n")
    found = {}
    for where in BOTH:
        span = attribution_ending_at(lines, len(lines) - 1, quoted_next=where == QUOTED, ours=OurLetters())
        assert span is None or span.end == len(lines)
        found[where] = len(lines) - span.start if span else 0
    return found


@pytest.mark.parametrize(
    ("line", "where"),
    [
        # a day, an address, and a verb or brackets
        (f"On {TIME} Anna {ANNA} wrote:", BOTH),
        (f"{TIME} {ANNA}:", BOTH),
        (f"{TIME} Anna (anna@example.com):", BOTH),
        (f"{TIME} Anna mailto:anna@example.com:", BOTH),
        (f"Ant {words(10)} {DAY} {ANNA}:", BOTH),
        (f"Ant {words(11)} {DAY} {ANNA}:", (QUOTED,)),
        (f"On {words(20)} {DAY} {ANNA}:", BOTH),
        (f'"Ant {words(20)}" {DAY} {ANNA}:', BOTH),
        (f"{ANNA} {words(20)} {DAY}:", BOTH),
        (f"Ant {words(20)} {DAY} {ANNA} wrote:", BOTH),
        (f"On {TIME} {words(41)} {ANNA} wrote:", BOTH),
        (f"On {TIME} {words(42)} {ANNA} wrote:", ()),
        (f"Anna {ANNA}:", ()),
        (f"Anna {TIME}:", (QUOTED,)),
        # without brackets also a time and a verb, or a time zone
        (f"anna@example.com wrote at {TIME} to all the team and more:", BOTH),
        (f"anna@example.com wrote on {DAY} to all the team and more:", (QUOTED,)),
        (f"anna@example.com sent at {TIME} to all the team and more:", (QUOTED,)),
        (f"anna@example.com at {TIME} +0100 to all the team and more:", BOTH),
        (f"Anna of Peerpact at {TIME} +0100 to all the team and more:", BOTH),
        (f"Anna of Accounts at {TIME} +0100 to all the team and more:", ()),
        # above a quote any of them is enough
        (f"On {DAY} {words(14)} anna@example.com:", (QUOTED,)),
        (f"Ant {DAY} {words(14)} anna@example.com:", ()),
        (f"Ant {DAY} {words(22)} anna@example.com wrote:", (QUOTED,)),
        (f"Ant {DAY} {words(22)} wrote:", ()),
        (f"Ant {DAY} {words(14)} {ANNA}:", (QUOTED,)),
    ],
)
def test_a_day_beside_an_address_proves_it(line: str, where: tuple[str, ...]) -> None:
    assert above(line) == {each: int(each in where) for each in BOTH}


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (f"On {TIME} Anna Berg wrote:", BOTH),
        (f"On {DAY} Anna Berg wrote:", BOTH),
        (f"On {DAY} {words(5)} wrote:", BOTH),
        (f"On {DAY} {words(6)} wrote:", (QUOTED,)),
        (f"On {DAY} Anna wrote to the team:", (QUOTED,)),
        (f"On {DAY} Anna wrote to it:", BOTH),
        (f"On {DAY} Anna wrote to you:", (QUOTED,)),
        ("On 12/03/26 Anna wrote:", (QUOTED,)),
        (f"On {TIME} Anna:", (QUOTED,)),
        ("on Monday Anna wrote:", ()),
        (f"On {TIME} {words(19)} wrote:", BOTH),
        (f"On {TIME} {words(20)} wrote:", ()),
        (f"Ant {TIME} {words(11)} wrote:", BOTH),
        (f"Ant {TIME} {words(12)} wrote:", (QUOTED,)),
        (f"Ant {DAY} wrote:", (QUOTED,)),
        (f"Quoting at {TIME} Anna Berg:", BOTH),
    ],
)
def test_a_day_beside_a_verb_proves_it_as_programs_write_it(line: str, where: tuple[str, ...]) -> None:
    assert above(line) == {each: int(each in where) for each in BOTH}


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("Anna anna@example.com wrote:", BOTH),
        (f"{words(20)} anna@example.com wrote:", BOTH),
        (f"{words(21)} anna@example.com wrote:", ()),
        ("anna@example.com " + padded("wrote ~:", 25), BOTH),
        ("anna@example.com " + padded("wrote ~:", 26), (QUOTED,)),
        (f"{ANNA} wrote to all the people of the team:", BOTH),
        (f"Quoting Anna {ANNA}:", BOTH),
        ("Quoting Anna anna@example.com:", (QUOTED,)),
        ("Quoting Anna:", (QUOTED,)),
        ("Peerpact wrote:", (QUOTED,)),
        ("Somebody wrote:", ()),
        (f"Peerpact {DAY} wrote:", BOTH),
        (f"Somebody {DAY} wrote:", (QUOTED,)),
        # a day in first place
        (f"{DAY}, Anna:", (QUOTED,)),
        (f"Anna, {DAY}:", ()),
        (f"On {DAY} {words(12)}:", (QUOTED,)),
        (f"On {DAY} {words(13)}:", ()),
        (padded(f"On ~ {DAY}:", 61), (QUOTED,)),
        (padded(f"On ~ {DAY}:", 62), ()),
        (padded(f"On {DAY} ~:", 140), (QUOTED,)),
        (padded(f"On {DAY} ~:", 141), ()),
        # a day and a time
        (f"Anna, {TIME}:", (QUOTED,)),
        (f"Ant {TIME} {words(8)}:", (QUOTED,)),
        (f"Ant {TIME} {words(9)}:", ()),
        # a name
        ("Bob Smith wrote:", (QUOTED,)),
        ("Anna Maria Berg Lund wrote:", (QUOTED,)),
        ("Anna Maria Eva Berg Lund wrote:", ()),
        ("Wrote Anna Berg:", (QUOTED,)),
        ("Bob wrote:", ()),
        ("bob Smith wrote:", ()),
        ("Wir Berg schrieb:", ()),
        ("Bob Smith:", ()),
        ("Bob Smith wrote this:", ()),
        (padded("Bob S~h wrote:", 60), (QUOTED,)),
        (padded("Bob S~h wrote:", 61), ()),
    ],
)
def test_less_proves_it_above_a_quote(line: str, where: tuple[str, ...]) -> None:
    assert above(line) == {each: int(each in where) for each in BOTH}


@pytest.mark.parametrize(
    "line",
    [
        f"On {TIME} I mailed anna@example.com and wrote:",
        f"On {TIME} I’ve mailed anna@example.com and wrote:",
        f"On {TIME} I've mailed the team and wrote:",
        f"On {DAY} I wrote:",
        "I asked anna@example.com and wrote:",
    ],
)
def test_who_tells_of_a_letter_quotes_nothing(line: str) -> None:
    assert above(line) == {QUOTED: 1, BARE: 0}
    assert above(line.replace("anna@example.com", ANNA))[BARE] == int("@" in line)


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("", ()),
        (f"On {TIME} {ANNA} wrote: {' ' * 400}", BOTH),
        (padded(f"On {TIME} {ANNA} ~ wrote:", 400), BOTH),
        (padded(f"On {TIME} {ANNA} ~ wrote:", 401), ()),
        # without a colon
        (f"{DAY}", ()),
        ("2026-03-12 10:04 GMT+01:00 Anna", BOTH),
        ("> 2026-03-12 10:04 GMT+01:00 Anna", BOTH),
        (padded("2026-03-12 10:04 GMT+01:00 ~", 120), BOTH),
        (padded("2026-03-12 10:04 GMT+01:00 ~", 121), ()),
        (f"On {TIME} Anna {ANNA} wrote", BOTH),
        (f"On {TIME} Anna anna@example.com wrote", (QUOTED,)),
        (f"On {DAY} Anna {ANNA} wrote", (QUOTED,)),
        (f"Ant {TIME} Anna {ANNA} wrote", ()),
        (f"On {TIME} Anna {ANNA} sent", ()),
        (f"On {TIME} {words(10)} {ANNA} wrote", BOTH),
        (f"On {TIME} {words(11)} {ANNA} wrote", ()),
        (f"On {TIME} Anna {ANNA} wrote {'x' * 10}", BOTH),
        (f"On {TIME} Anna {ANNA} wrote {'x' * 11}", (QUOTED,)),
        # above a quote also
        (f"On {DAY} Anna wrote", (QUOTED,)),
        (f"On {DAY} Anna wrote.", ()),
        (f"On {DAY} Anna wrote!", ()),
        (f"On {DAY} Anna wrote?", ()),
        (f"On {DAY} Anna", ()),
        (f"Ant {DAY} wrote", ()),
        ("on Monday Anna wrote", ()),
        (f"On {DAY} {words(9)} wrote", (QUOTED,)),
        (f"On {DAY} {words(10)} wrote", ()),
        (padded(f"On {DAY} ~ wrote", 120), (QUOTED,)),
        (padded(f"On {DAY} ~ wrote", 121), ()),
        (f"Quoting Anna ({DAY})", (QUOTED,)),
        (f"Quoting Anna <{DAY}>", (QUOTED,)),
        (f"Quoting Anna {DAY}", ()),
        (f"Anna ({DAY})", ()),
        (f": {TIME}", (QUOTED,)),
        (f"：{TIME}", (QUOTED,)),
        (f": {DAY}", ()),
        (f"{DAY} Anna {ANNA}", (QUOTED,)),
        (f"Monday {DAY} Anna {ANNA}", ()),
        (f"12 Anna {ANNA}", ()),
        (f"{DAY} Anna anna@example.com", ()),
        (f"{DAY} Anna <anna>", ()),
        (f"{DAY} {words(10)} {ANNA}", (QUOTED,)),
        (f"{DAY} {words(11)} {ANNA}", ()),
        ("Bob Smith wrote", (QUOTED,)),
        (f"1~ {DAY} Anna {ANNA}", (QUOTED,)),
        ("bob Smith wrote", ()),
        ("Bob wrote", ()),
        ("Bob Smith sent", ()),
        # between dashes
        ("---- Anna wrote ----", BOTH),
        ("--- Anna wrote ---", BOTH),
        ("--- Anna Eva Maria Berg wrote ---", BOTH),
        ("--- Anna Eva Maria Berg Lund wrote ---", ()),
        ("-- Anna wrote --", ()),
        ("--- Anna wrote --", ()),
        ("-- Anna wrote ---", ()),
        ("---- Anna sent ----", ()),
        (f"-- On {DAY} Anna wrote --", BOTH),
        (f"-- On {DAY} {ANNA} --", BOTH),
        (f"-- On {DAY} Anna --", ()),
        (f"-- On {DAY} Anna wrote", (QUOTED,)),
        (f"- On {DAY} Anna --", ()),
    ],
)
def test_programs_without_a_colon(lines: str, where: tuple[str, ...]) -> None:
    assert above(lines) == {each: int(each in where) for each in BOTH}


UNCLOSED = f"On {DAY} {words(11)} wrote"


@pytest.mark.parametrize(
    ("line", "below", "is_taken"),
    [
        (UNCLOSED, "From: Anna", True),
        (UNCLOSED, "\nFrom: Anna", True),
        (UNCLOSED, "\n\nFrom: Anna", False),
        (UNCLOSED, "Hello\nFrom: Anna", False),
        (UNCLOSED, "Hello", False),
        (UNCLOSED, "", False),
        (f"{UNCLOSED}.", "From: Anna", False),
        (f"{UNCLOSED}!", "From: Anna", False),
        (f"{UNCLOSED}?", "From: Anna", False),
        (f"On {DAY} {words(12)} wrote", "From: Anna", False),
        (f"On {DAY} {words(11)} sent", "From: Anna", False),
        (f"Ant {DAY} {words(11)} wrote", "From: Anna", False),
        ("On Monday Anna wrote", "From: Anna", False),
    ],
)
def test_needs_no_colon_above_a_block_of_labels(line: str, below: str, *, is_taken: bool) -> None:
    lines = ["From: Bob", line, *below.split("\n")]
    found = attribution_ending_at(lines, 1, quoted_next=False, ours=OurLetters())
    assert found == (Span(1, 2) if is_taken else None)


@pytest.mark.parametrize(
    ("lines", "quoted", "bare"),
    [
        # between dashes, on three lines at most
        (f"-- On {DAY}\nAnna wrote --", 2, 2),
        (f"Hello\n-- On {DAY}\nAnna\nwrote --", 3, 3),
        (f"-- On {DAY}\nAnna\nBerg\nwrote --", 0, 0),
        (f"-- On {DAY}\n\nAnna wrote --", 0, 0),
        (f"On {DAY}\nAnna wrote --", 0, 0),
        (padded(f"-- On {DAY} ~\nAnna wrote --", 400), 2, 2),
        (padded(f"-- On {DAY} ~\nAnna wrote --", 401), 0, 0),
        # in parts, each of which may be enough
        (f"Team mail {TIME}\nAnna anna@example.com wrote:", 2, 2),
        (f"Team mail {TIME}\nAnna wrote:", 2, 2),
        (f"Team mail\nof {TIME}\nAnna\nBerg\nanna@example.com wrote:", 4, 4),
        (f"Team mail {TIME}\nof\nthe\nAnna\nBerg\n {ANNA}:", 0, 0),
        (f"Team mail {TIME}\n\nAnna anna@example.com wrote:", 1, 1),
        (f"Team mail {TIME}\n\n{ANNA} wrote:", 3, 3),
        (f"Team mail {TIME}:\nAnna anna@example.com wrote:", 1, 1),
        (padded(f"Team mail {TIME} ~", 200) + "\nAnna anna@example.com wrote:", 2, 2),
        (padded(f"Team mail {TIME} ~", 201) + "\nAnna anna@example.com wrote:", 1, 1),
        (f"Team mail {TIME} <\nanna@example.com>:", 2, 2),
        (f"Team mail {TIME} (\nanna@example.com):", 2, 2),
        (f"{DAY} Anna\n{ANNA}", 2, 0),
        (f"team {TIME}\n\n\n{ANNA} wrote:", 1, 1),
        (f"\n{ANNA} of\n{WROTE}", 1, 1),
        (f"Team mail {TIME}\n\n{ANNA}:", 3, 3),
        (f"Team mail {TIME}\n\n\n{ANNA}:", 0, 0),
        (padded(f"Team mail {TIME} ~", 200) + "\n" + padded(f"~ {WROTE}", 200), 2, 2),
        (padded(f"Team mail {TIME} ~", 200) + "\n" + padded(f"~ {WROTE}", 201), 1, 1),
        (f"Team mail {TIME}\nof all:\n{WROTE}", 1, 1),
        (f"{DAY}\nAnna\n{ANNA}", 3, 0),
        (f"{DAY}\nAnna\nBerg\n{ANNA}", 0, 0),
    ],
)
def test_headers_on_several_lines(lines: str, quoted: int, bare: int) -> None:
    assert above(lines) == {QUOTED: quoted, BARE: bare}


FROM_US = "as far as all of us in this team can tell"


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        # a whole header below something else
        (f"{FROM_US}\n{WROTE}", 1),
        # a line that begins as such headers do, with a day
        (f"On {DAY} {FROM_US}\n{WROTE}", 2),
        (f"Hello\nOn {DAY} {FROM_US}\n{WROTE}", 2),
        (f"On {DAY} {FROM_US}\n\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}.\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}!\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}?\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}:\n{WROTE}", 1),
        (f"On time {FROM_US}\n{WROTE}", 1),
        (f"The {DAY} {FROM_US}\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}\nOn {WROTE}", 1),
        (padded(f"On {DAY} {FROM_US} ~", 120) + f"\n{WROTE}", 2),
        (padded(f"On {DAY} {FROM_US} ~", 121) + f"\n{WROTE}", 1),
        (f"On {DAY} {FROM_US}\n1a anna@example.com wrote:", 1),
        # above what is torn: lower case, an address in brackets
        (f"On {DAY} {FROM_US}\non anna@example.com wrote:", 2),
        (f"On {DAY} {FROM_US}\nOn anna@example.com wrote:", 1),
        (f"{FROM_US} so\n{ANNA} wrote:", 2),
        (f"{FROM_US} so\n(anna@example.com) wrote:", 1),
        (f"{FROM_US} so\n(<anna@example.com) wrote:", 2),
        (f"{FROM_US}.\n{ANNA} wrote:", 1),
        (f"{FROM_US}!\n{ANNA} wrote:", 1),
        (f"{FROM_US}?\n{ANNA} wrote:", 1),
        (f"{FROM_US},\n{ANNA} wrote:", 1),
        (padded(f"{FROM_US} ~", 59) + f"\n{ANNA} wrote:", 2),
        (padded(f"{FROM_US} ~", 60) + f"\n{ANNA} wrote:", 1),
        (f"{FROM_US}\n\n{ANNA} wrote:", 3),
        (f"{FROM_US}\n\n\n{ANNA} wrote:", 1),
        (f"\n{ANNA} wrote:", 1),
        # above what a bracket or a verb opened
        (f"{FROM_US} {FROM_US} <\n{WROTE}", 2),
        (f"{FROM_US} {FROM_US} (\n{WROTE}", 2),
        (f"Quoting {FROM_US}\n{WROTE}", 2),
        (f"Quoting {FROM_US}:\n{WROTE}", 1),
        # two lines, not three
        (f"On {DAY} {FROM_US}\nquoting {FROM_US}\n{WROTE}", 3),
        (f"On {DAY} {FROM_US}\nquoting {FROM_US}\nquoting {FROM_US}\n{WROTE}", 3),
        # a first word alone
        (f"On\n{WROTE}", 2),
        (f"Of\n{WROTE}", 1),
        (f"Quoting {FROM_US}\non\n{WROTE}", 2),
        # scraps
        (f"On\nthe fly\n{WROTE}", 3),
        (f"On our\nthe fly\nof us\n{WROTE}", 4),
        (f"On our\nway\nthe fly\nof us\n{WROTE}", 1),
        (f"on our\n{WROTE}", 1),
        (f"12\non our\n{WROTE}", 1),
        (f"12 of\n12 {WROTE}", 1),
        (f"On our way up so\n{WROTE}", 1),
        (f"On our way up\n{WROTE}", 2),
        (f"On our way!\n{WROTE}", 1),
        (f"On our way?\n{WROTE}", 1),
        (f"On our way:\n{WROTE}", 1),
        (f"On our way.\n{WROTE}", 2),
        (f"On our wayin.\n{WROTE}", 1),
        (f"On our way in.\n{WROTE}", 1),
        (f"On the moon.\n{WROTE}", 2),
        (padded("On our ~", 30) + f"\n{WROTE}", 2),
        (padded("On our ~", 31) + f"\n{WROTE}", 1),
        (f"On our\n\n{WROTE}", 1),
        (f"On our\nOn {WROTE}", 1),
        (f"On our\n12 {WROTE}", 2),
        (f"Do.\n12 {WROTE}", 2),
        (f"Do.\n1: {WROTE}", 2),
        (f"Do.,\n12 {WROTE}", 2),
        (f"Do\n12 {WROTE}", 1),
        (f"Do.\n{WROTE}", 1),
        (f"Do.\nof\n12 {WROTE}", 1),
    ],
)
def test_takes_in_where_a_header_visibly_began(lines: str, taken: int) -> None:
    assert above(lines)[BARE] == taken


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (["Anna wrote --", f"-- On {DAY}"], 0),
        ([WROTE, f"Team mail {TIME}"], 0),
        (["the fly", WROTE, "On"], 1),
    ],
)
def test_takes_nothing_from_the_end_for_what_is_above_the_first_line(lines: list[str], at: int) -> None:
    found = attribution_ending_at(lines, at, quoted_next=False, ours=OurLetters())
    assert found in {None, Span(at, at + 1)}


@pytest.mark.parametrize(
    ("line", "is_worth_it"),
    [
        ("", False),
        ("  ", False),
        ("Anna:", True),
        (" Anna wrote： ", True),
        ("Anna --", True),
        ("Anna -", False),
        ("Anna", False),
        ("12", True),
        ("a 1", True),
        ("~1", True),
        ("<12", False),
        ("|12", False),
        ("<anna", False),
        ("Bob Smith wrote", True),
        ("bob Smith wrote", False),
        ("Bob wrote", False),
        ("Bob Smith sent", False),
        ("Bob wrote it a", True),
        ("Bob wrote it ab", False),
        (padded("Bob S ~ wrote", 40), True),
        (padded("Bob S ~ wrote", 41), False),
        (padded("~:", 400), True),
        (padded("~:", 401), False),
    ],
)
def test_looks_closer_at_what_may_end_a_header(line: str, *, is_worth_it: bool) -> None:
    assert ends_like_header(line) is is_worth_it


HEAD = f"On {TIME} Anna {ANNA} wrote:"
WITHIN, BEYOND = padded("wrote ~:", 16), padded("wrote ~:", 17)
NEAR = f"On {TIME} Anna <anna@example.com" + padded("> wrote ~:", 60)
FAR = f"On {TIME} Anna <anna@example.com" + padded("> wrote ~:", 61)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (HEAD, None),
        ("", None),
        ("Thanks a lot", None),
        # somebody's words before it
        (f"Thanks {HEAD}", ("Thanks", HEAD)),
        (f"Thanks - {HEAD}", ("Thanks", HEAD)),
        (f"Thanks — {HEAD}", ("Thanks", HEAD)),
        (f"Thanks{' ' * 12}{HEAD}", ("Thanks", HEAD)),
        (f"On it {HEAD}", None),
        (f"!! {HEAD}", None),
        (f"Ask anna@example.com {HEAD}", None),
        (f"At no. At {DAY} On {TIME} wrote: me:", None),
        (f"-- Ask no! {HEAD}", ("-- Ask no!", HEAD)),
        (f"Thanks on {TIME} Anna {ANNA} wrote:", None),
        (f"Thanks On {DAY} Anna {ANNA} wrote:", None),
        (f"Thanks On {TIME} Anna {ANNA}:", None),
        (f"Wrote it On {TIME} Anna {ANNA}:", None),
        (f"Thanks On {TIME} Anna {ANNA} wrote", None),
        (f"Thanks On {TIME} {words(7)} wrote:", ("Thanks", f"On {TIME} {words(7)} wrote:")),
        (f"Thanks On {TIME} {words(8)} wrote:", None),
        (f"Thanks Anna {TIME} {ANNA} wrote:", None),
        # the quote behind it
        (f"{HEAD} Hello", (HEAD, "Hello")),
        (f"{HEAD}Hello", (HEAD, "Hello")),
        (f"{HEAD} Hello: you", (HEAD, "Hello: you")),
        (f"{HEAD} Hello:", None),
        (f"{ANNA} wrote: Hello", (f"{ANNA} wrote:", "Hello")),
        (f"Anna {ANNA} wrote: Hello", None),
        (f"{ANNA} wrote on {TIME} to Peerpact: Hello", (f"{ANNA} wrote on {TIME} to Peerpact:", "Hello")),
        (f"{ANNA} wrote: 2 of us", (f"{ANNA} wrote:", "2 of us")),
        (f"On {TIME} Anna wrote: 2 of us", (f"On {TIME} Anna wrote:", "2 of us")),
        (f"> Anna {ANNA} wrote: Hello", None),
        (f"On {TIME} Anna {ANNA}: Hello", None),
        (f"On {TIME} wrote {ANNA}: Hello", None),
        (f"{NEAR} Hello", (NEAR, "Hello")),
        (f"{FAR} Hello", None),
        # with a name alone
        (f"On {TIME} Anna wrote:Hello", (f"On {TIME} Anna wrote:", "Hello")),
        (f"On {TIME} Anna wrote： Hello", (f"On {TIME} Anna wrote：", "Hello")),
        (
            padded(f"On {TIME} Anna ~ wrote:", 200) + "Hello",
            (padded(f"On {TIME} Anna ~ wrote:", 200), "Hello"),
        ),
        (padded(f"On {TIME} Anna ~ wrote:", 201) + "Hello", None),
        (f"On {TIME} a: b: c: d: e: wrote: Hello", (f"On {TIME} a: b: c: d: e: wrote:", "Hello")),
        (f"On {TIME} a: b: c: d: e: f: wrote: Hello", None),
        (f"On {TIME} {WITHIN} Hello", (f"On {TIME} {WITHIN}", "Hello")),
        (f"On {TIME} {BEYOND} Hello", None),
        (f"On {DAY} Anna wrote: Hello", None),
        (f"In {TIME} Anna wrote: Hello", None),
        (f"On {TIME} Anna: Hello", None),
        (f"On {TIME} I wrote: Hello", None),
        (f"On {TIME} {words(11)} wrote: Hello", (f"On {TIME} {words(11)} wrote:", "Hello")),
        (f"On {TIME} {words(12)} wrote: Hello", None),
        (">Ann <a@b.de> on Apr 4, 2012 3:59 PM wrote: Hello", None),
        (
            "x> On Wed, Apr 4, 2012 at 3:59 PM Ann <a@b.de> wrote: Hello",
            ("x> On Wed, Apr 4, 2012 at 3:59 PM Ann <a@b.de> wrote:", "Hello"),
        ),
    ],
)
def test_parts_a_header_from_what_is_beside_it(line: str, parts: tuple[str, ...] | None) -> None:
    assert split_attribution(line, OurLetters()) == parts
