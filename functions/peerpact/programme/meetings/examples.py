"""Examples of mails that an admin asked for on Start here: which are still to be sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from peerpact.programme.correspondence import EXAMPLE, LetterRecord
from peerpact.programme.plan import Action
from peerpact.programme.sentences import Sentence, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class SendExample(Action):
    """One mail as it would look, to an admin who asked for it."""

    record: LetterRecord
    number: int
    of: int
    """How many of them the admin gets."""

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def kind(self) -> str:
        """The kind of mail that it is an example of."""
        return self.record.key.split(":")[2]

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 example of a mail", "{many} examples of mails")

    @property
    def summary(self) -> str:
        return f"Send {self.record.person} an example: {self.kind}"


COLONS = 3
"""In an example's key; in others, somebody typed over it."""


def examples_asked(letters: Iterable[LetterRecord]) -> list[SendExample]:
    """Return the examples that were asked for and have not left."""
    all_of_them = [r for r in letters if r.kind == EXAMPLE and r.key.count(":") == COLONS]
    many = Counter(_batch(r) for r in all_of_them)
    so_far: Counter[tuple[str, str]] = Counter()
    found = []
    for record in all_of_them:
        so_far[_batch(record)] += 1
        if record.is_begun:
            found.append(SendExample(record=record, number=so_far[_batch(record)], of=many[_batch(record)]))
    return found


def _batch(record: LetterRecord) -> tuple[str, str]:
    return record.key.split(":")[1], record.person
