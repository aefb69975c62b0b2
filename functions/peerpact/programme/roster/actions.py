"""What can be done at an admin's yes on Start here."""

from __future__ import annotations

from dataclasses import dataclass

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Action
from peerpact.programme.roster.preview import Preview
from peerpact.programme.sentences import Sentence, counted, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePairing(Action):
    """A proposal that an admin approves with all others."""

    pairing: Pairing
    names: str

    @property
    def key(self) -> str:
        return self.pairing.id

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 pairing approved", "{many} pairings approved")

    @property
    def summary(self) -> str:
        return f"{self.names}: Approved (an admin approved all proposals)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExamples(Action):
    """One of each mail, to be sent to the admins by the next run of book_first_meetings."""

    records: tuple[LetterRecord, ...]

    @property
    def key(self) -> str:
        return self.records[0].key

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("examples of all mails prepared")

    @property
    def summary(self) -> str:
        return f"Have {len(self.records)} examples of mails sent to the admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowNextRound(Action):
    """The groups of the next round, as they would be now, for the tab Next round."""

    preview: Preview

    @property
    def key(self) -> str:
        return "next-round"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("the next round shown")

    @property
    def summary(self) -> str:
        return f"Show on the tab Next round: {self.preview.in_words}"
