"""What nobody sees and names without an end: taken out of, or cut in, all that people type, at the door."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.replies.clean_text import cleaned
from peerpact.programme.unseen import LONGEST_NAME, without_unseen
from peerpact.tables.cells import read_cell
from peerpact.tables.roster import read_roster
from peerpact.tables.schema import tab
from peerpact.tables.settings import read_settings
from peerpact.tables.tab_contents import read_tab

UNSEEN = (
    "\x01\x1b\x7f\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u2800"
    "\u3164\ue000\uf8ff\ufdd0\ufe00\ufeff\uffa0\ufff9\ufffc\uffff\U0001d173\U000e0001\U000e0041\U000f0000\U0010ffff"
)


@given(
    st.lists(st.sampled_from("abZé ز")).map("".join),
    st.lists(st.tuples(st.integers(0, 99), st.sampled_from(UNSEEN))),
)
def test_reads_a_cell_as_if_what_nobody_sees_was_not_there(seen: str, unseen: list[tuple[int, str]]) -> None:
    typed = list(f"Ada{seen}B")
    for place, sign in unseen:
        typed.insert(place % (len(typed) + 1), sign)
    expected = " ".join(f"Ada{seen}B".split())
    assert {read_cell("".join(typed), kind) for kind in ("text", "first name")} == {expected}
    assert cleaned("".join(typed)) == f"Ada{seen}B"


def test_keeps_what_scripts_and_emoji_are_joined_by() -> None:
    for words in ("می‌خواهم", "क्‍ष", "👩‍💻 ❤️", "\ufffd", "Zoë\nb\tc\u2028d"):
        assert without_unseen(words) == words


def test_leaves_no_control_format_or_private_sign_of_any_plane_but_joiners() -> None:
    signs = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in {"Cc", "Co", "Cs"}]
    left = without_unseen("".join(signs))
    assert set(left) == set("\t\n\v\f\r\x85")


def _read(**cells: str) -> tuple[str, str, str]:
    header = [c.name for c in tab("Roster").columns if not c.formula]
    row = [{"Name": "Ada", "E-mail": "ada@example.com", **cells}.get(name, "") for name in header]
    settings, _ = read_settings(
        [
            [c.name for c in tab("Settings").columns],
            ["Programme name", cells["Name"]],
        ]
    )
    person = read_roster(read_tab(tab("Roster"), [header, row]), settings).people["ada@example.com"]
    return person.name, person.team, settings.programme_name


@pytest.mark.parametrize("length", [LONGEST_NAME, LONGEST_NAME + 1, 40_000])
def test_cuts_for_show_only_names_without_an_end(length: int) -> None:
    name = "n" * length
    for shown in _read(Name=name, Team=name):
        assert (len(shown), shown.lower().startswith("nnn")) == (min(length, LONGEST_NAME), True)
        assert shown.endswith("…") == (length > LONGEST_NAME)
