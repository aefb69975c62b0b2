"""What Google's refusals mean: whether to try again, whom they concern, and what to do, in a sentence.

Four refusals look alike (403) and have nothing in common: the API is switched off, a scope was not granted, Google's
limit of use is reached, or something is not shared. Reasons as recorded: developers.google.com/workspace/calendar/api/
guides/errors, cloud.google.com/apis/docs/troubleshooting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from peerpact.errors import GoogleError
from peerpact.programme.sentences import Sentence, say, with_gaps

UNREADABLE = "unreadable"
"""Reason of ours: it is a success, but not what any method of Google's answers."""
RATE_LIMITS = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}


class CallClass(StrEnum):
    """What a repeat of a call would do."""

    READ = "read"
    KEYED = "keyed write"
    UNKEYED = "unkeyed write"


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818 - Google's, not an error of ours yet
    """An answer that is not a success, or none at all (status 0)."""

    status: int
    reason: str
    message: str
    retry_after: float = 0.0

    @property
    def was_not_carried_out(self) -> bool:
        return self.status == 429 or (self.status == 403 and self.reason in RATE_LIMITS)

    @property
    def is_ambiguous(self) -> bool:
        return self.status in {0, 408} or self.status >= 500

    def may_be_repeated(self, call_class: CallClass) -> bool:
        return self.was_not_carried_out or (self.is_ambiguous and call_class is not CallClass.UNKEYED)


class OvertakenError(GoogleError):
    """Another run changed the spreadsheet since it was read; nothing was written. Read again and decide again."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed by another run meanwhile.", permanent=False)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A refusal that concerns every call alike, and the sentence with its remedy."""

    reasons: frozenset[str]
    says: re.Pattern[str]
    sentence: Sentence
    passes: bool = False
    """Tells that nobody can do anything but wait."""


_OF_ALL = (
    _Meaning(
        frozenset({"accessNotConfigured", "SERVICE_DISABLED"}),
        re.compile(r"has not been used in project|it is disabled", re.IGNORECASE),
        say(
            "{api} is not switched on in this installation's Google Cloud project: {message}. Enable it there (APIs & "
            "Services, or “terraform apply” in infra/) and wait some minutes; the next run goes on."
        ),
    ),
    _Meaning(
        frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientScopes"}),
        re.compile(r"insufficient authentication scopes", re.IGNORECASE),
        say(
            "A scope is missing, so {api} may not be used as this job uses it: {message}. Grant the scopes that "
            "“peerpact doctor” names (Admin console, Security, API controls, Domain-wide delegation), or give the "
            "mailbox's consent again; the next run goes on."
        ),
    ),
    _Meaning(
        frozenset({"quotaExceeded", "dailyLimitExceeded", "calendarUsageLimits"}),
        re.compile(r"usage limits? exceeded", re.IGNORECASE),
        say(
            "Google's limit of use for {api} is reached: {message}. Nothing is lost and nothing needs to be done: what "
            "is left goes out when Google allows it again, mostly within a day."
        ),
        passes=True,
    ),
)
_NAMES = {
    "calendar": "Google Calendar",
    "gmail": "Gmail",
    "sheets": "Google Sheets",
    "directory": say("The directory"),
}
_SENTENCES = {
    401: say(
        "Google no longer accepts our sign-in ({message}). Renew the mailbox's consent, or check the delegate "
        "account's scopes in the Admin console; on a laptop, sign in again for the scopes spreadsheets and "
        "cloud-platform."
    ),
    403: say(
        "Google refused permission: {message}. Check that the spreadsheet or calendar is shared with the account that "
        "runs this job."
    ),
    404: say("Google does not find what was asked for: {message}. Check the ids in the configuration."),
}
_TOO_FAST = say(
    "Google's quota was used up for longer than we may wait: {message}. The next run goes on from here."
)
_NOT_REACHED = say("Google could not be reached: {message}. The next run goes on from here.")
_UNREADABLE = say(
    "Google's answer can't be read ({message}). Something on the way, such as a proxy or a filter, may have put its "
    "own in its place. The next run tries again."
)
_REFUSED = say("Google refused a call: {message}.")
_SOME_SERVICE = say("This Google service")
NOT_OPENED = say(
    "{name} (id {id}) can't be opened. Check its id, and share it as editor with the account that runs this job; "
    "“peerpact init” does that."
)
NO_TAB = say(
    "{name} has no tab “{title}”. If it was renamed, name it “{title}” again; if it was deleted, run “peerpact init” "
    "to make it again."
)


def google_error(refusal: Refusal, api: str, call_class: CallClass = CallClass.READ) -> GoogleError:
    """Return a refusal as the error that tells a person what it means.

    What can't be read however often it is asked for is an oddity of what was asked for, and nothing was carried out.
    """
    is_odd = refusal.reason == UNREADABLE and call_class is CallClass.READ
    of_all = next((m for m in _OF_ALL if _fits(m, refusal)), None)
    if refusal.was_not_carried_out:
        sentence = _TOO_FAST
    elif refusal.reason == UNREADABLE:
        sentence = _UNREADABLE
    elif refusal.is_ambiguous:
        sentence = _NOT_REACHED
    elif of_all:
        sentence = of_all.sentence
    else:
        sentence = _SENTENCES.get(refusal.status, _REFUSED)
    return GoogleError(
        with_gaps(sentence, message=refusal.message.rstrip("."), api=_NAMES.get(api, _SOME_SERVICE)),
        permanent=is_odd or not (refusal.was_not_carried_out or refusal.is_ambiguous),
        status=refusal.status,
        reason=refusal.reason,
        ambiguous=refusal.is_ambiguous and not is_odd,
        concerns_all=refusal.status == 401 or of_all is not None,
        passes=refusal.was_not_carried_out or (of_all is not None and of_all.passes),
    )


def _fits(meaning: _Meaning, refusal: Refusal) -> bool:
    if refusal.status != 403:
        return False
    return refusal.reason in meaning.reasons or bool(meaning.says.search(refusal.message))
