"""A kind of letter is named in several places; what one lacks is named here."""

from __future__ import annotations

from peerpact import letters
from peerpact.letters import LETTERS, Invitation, folder_of
from peerpact.programme.correspondence import EXAMPLE, KINDS
from peerpact.programme.roster.asked import KINDS as SHOWN

UNPLANNED = {"care"}
"""What answers words of distress is planned as an acknowledgement."""
MORE = {"welcome"}
"""Written as an announcement that says that the round has begun."""


def test_is_known_by_kind_wherever_one_is_kept_or_answered() -> None:
    """``KINDS`` tells who keeps its row and what is read of an answer to it: nobody should guess that."""
    kinds = {folder_of(letter).replace("_", "-") for letter in LETTERS if letter is not Invitation}
    assert kinds - UNPLANNED == KINDS.keys() - MORE - {EXAMPLE}
    assert {*SHOWN} == kinds | MORE


def test_has_references_that_begin_otherwise_than_each_other_kind_s() -> None:
    initials = [kind.initials for kind in KINDS.values()]
    assert len(initials) == len({*initials})


def test_is_exported_beside_the_others() -> None:
    assert [letter.__name__ for letter in LETTERS if letter.__name__ not in letters.__all__] == []


def test_answers_no_mail_and_asks_for_promises_in_one() -> None:
    assert [name for name, kind in KINDS.items() if kind.asks and (kind.is_open or kind.answers)] == []
