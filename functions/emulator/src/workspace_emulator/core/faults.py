"""Faults on purpose: what can be made to go wrong with a request, and with which one.

Any request can be refused, dropped, delayed, delivered twice, or have something happen just before or after
it. Here it is decided; ``front.py`` lets it happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random
from typing import Any

from workspace_emulator.core.errors import ApiError

Hook = Callable[[Any], object]
"""Is given the Workspace, which this module can't name as it is a part of it."""

_WORDS = {
    "quotaExceeded": "Calendar usage limits exceeded.",
    "accessNotConfigured": "Access Not Configured. The API has not been used in project 123456789012 before or it is "
    "disabled. Enable it by visiting the API's page in the console, then retry.",
    "insufficientPermissions": "Request had insufficient authentication scopes.",
}
"""What Google says with a reason of its own; the three need three remedies."""
# What Google says most often with a status, as (reason, message).
_USUAL = {
    400: ("badRequest", "Bad Request"),
    401: ("authError", "Invalid Credentials"),
    403: ("rateLimitExceeded", "Rate Limit Exceeded"),
    404: ("notFound", "Not Found"),
    409: ("duplicate", "The requested identifier already exists."),
    410: ("deleted", "Resource has been deleted"),
    412: ("conditionNotMet", "Precondition Failed"),
    429: ("rateLimitExceeded", "Rate Limit Exceeded"),
    500: ("backendError", "Internal error encountered."),
    502: ("backendError", "Bad Gateway"),
    503: ("backendError", "The service is currently unavailable."),
    504: ("backendError", "Deadline exceeded"),
}
_USAGE_LIMITS = frozenset(
    {
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "accessNotConfigured",
    }
)


class Effect(StrEnum):
    """What a fault does to a request."""

    NOTHING = "nothing"  # only its hooks
    REFUSE = "refuse"
    DROP_BEFORE = "drop before"  # the request never has an effect
    DROP_AFTER = "drop after"  # it had its effect, the answer is lost
    DELAY = "delay"
    TWICE = "twice"  # it has its effect twice, the second answer is given


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault and the requests that it strikes.

    ``method`` is a pattern over method ids (``gmail.*``, ``oauth2.token``), ``kind`` one of ``read``, ``write``
    and ``*``, ``user`` a pattern over whom the request acts as. Of the requests that fit, counted from the
    moment the fault was added, it strikes the ``call``-th, or each with a ``chance`` drawn from ``seed``, at
    most ``times`` times. What the hooks ``before`` and ``after`` ask the front themselves is neither counted nor
    struck; they must ask in their own thread, as no other request is processed meanwhile.
    """

    effect: Effect = Effect.NOTHING
    method: str = "*"
    kind: str = "*"
    user: str = "*"
    call: int | None = None
    chance: float = 1.0
    seed: int = 0
    times: int | None = None
    # for REFUSE; what is left out is what Google usually says with the status
    status: int = 503
    reason: str | None = None
    message: str | None = None
    retry_after: int | None = None
    # for DELAY
    seconds: float = 0.0
    before: Hook | None = None
    after: Hook | None = None

    def refusal(self) -> ApiError:
        """Return Google's words for it."""
        reason, message = _USUAL.get(self.status, ("backendError", "Error"))
        reason = self.reason or reason
        return ApiError(
            self.status,
            reason,
            self.message or _WORDS.get(reason, message),
            domain="usageLimits" if reason in _USAGE_LIMITS else "global",
            headers={} if self.retry_after is None else {"Retry-After": str(self.retry_after)},
        )


class Faults:
    """The faults that wait for their requests."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []
        self.struck: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let a fault strike from now on."""
        self._armed.append(_Armed(fault))
        return fault

    def clear(self) -> None:
        """Forget all faults, and which of them struck."""
        self._armed.clear()
        self.struck.clear()

    def __len__(self) -> int:
        return len(self._armed)

    def __iter__(self) -> Iterator[Fault]:
        return iter([armed.fault for armed in self._armed])

    def strikes(self, method_id: str, *, kind: str, user: str) -> list[Fault]:
        """Return the faults that strike this request, in the order in which they were added."""
        found = [a.fault for a in self._armed if a.strikes(method_id, kind, user)]
        self.struck += found
        return found


class _Armed:
    """A fault with its own count and dice."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._struck = 0
        self._dice = Random(fault.seed)  # noqa: S311 - repeatable chance, not a secret

    def strikes(self, method_id: str, kind: str, user: str) -> bool:
        fault = self.fault
        if not fnmatchcase(method_id, fault.method) or not fnmatchcase(user, fault.user):
            return False
        if fault.kind not in ("*", kind):
            return False
        self._seen += 1
        due = fault.call in (None, self._seen) and self._dice.random() < fault.chance
        if not due or (fault.times is not None and self._struck >= fault.times):
            return False
        self._struck += 1
        return True
