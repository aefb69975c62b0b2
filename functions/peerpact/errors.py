"""Every error that Peerpact raises on purpose. Messages are sentences that an admin can act on.

PeerpactError
├── ConfigError     a setting of the installation is missing or wrong
├── SheetError      a spreadsheet, tab or column is missing or doubled: the job can't start
├── LetterError     a letter can't be rendered
├── GoogleError     Google refused or can't be reached; ``permanent`` decides about retrying
├── OddityError     something about one item is as nobody foresaw: that item waits
├── TooMuchToDo     the plan is larger than the limit; nothing was done
└── OutOfTime       the deadline is near: what is done is recorded, the next run goes on from here
"""

from __future__ import annotations


class PeerpactError(Exception):
    """The root of all errors that are told to a person as a sentence."""

    @property
    def sentence(self) -> str:
        """What is told, as it was said: one of ``programme.sentences`` can still be said in another language."""
        return self.args[0] if self.args else ""


class ConfigError(PeerpactError):
    """The installation's configuration is missing something or contradicts itself."""


class SheetError(PeerpactError):
    """A spreadsheet does not have the form that the job needs; names the tab and column and what to do."""


class NewerSheetError(SheetError):
    """A newer Peerpact made the spreadsheet: nothing is changed in it, nor in the one beside it."""


class NotSharedError(SheetError):
    """A spreadsheet is there, but the account that asks may not open it."""


class LetterError(PeerpactError):
    """A letter can't be rendered, for want of a word or a translation."""


class GoogleError(PeerpactError):
    """Google refused a call or could not be reached.

    ``permanent`` tells that trying again can't help until somebody changes something; ``ambiguous`` that the
    call may or may not have been carried out; ``concerns_all`` that every other call would be refused likewise;
    ``passes`` that nobody can do anything about it but wait.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        status: int = 0,
        reason: str = "",
        ambiguous: bool = False,
        concerns_all: bool = False,
        passes: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.status = status
        self.reason = reason
        self.ambiguous = ambiguous
        self.concerns_all = concerns_all
        self.passes = passes


class OddityError(PeerpactError):
    """Something about one person's letter, meeting or mail is as nobody foresaw; the others go on."""


class TooMuchToDo(PeerpactError):  # noqa: N818 - named after what happened, in the design's words
    """A run would write to more people, or change more pairings, than the Settings allow."""


class OutOfTime(PeerpactError):  # noqa: N818 - named after what happened
    """The run stopped itself before its deadline; everything done so far is recorded."""
