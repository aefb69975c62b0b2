"""Google's published limits, off unless switched on; counted on the Workspace's clock.

Requests a minute, and mails in 24 hours. Figures as read on 2026-11-23 in Google's documentation of each API's usage
limits and of Gmail's sending limits (support.google.com/a/answer/166852).
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workspace_emulator.core.clock import Clock
from workspace_emulator.core.errors import ApiError

# Gmail counts units; what isn't named costs as much as reading a message's neighbourhood.
_GMAIL_UNITS = {
    "gmail.users.messages.send": 100,
    "gmail.users.drafts.send": 100,
    "gmail.users.drafts.create": 10,
    "gmail.users.drafts.update": 15,
    "gmail.users.drafts.delete": 10,
    "gmail.users.drafts.get": 5,
    "gmail.users.drafts.list": 5,
    "gmail.users.messages.list": 5,
    "gmail.users.messages.get": 20,
    "gmail.users.messages.modify": 5,
    "gmail.users.messages.batchModify": 50,
    "gmail.users.messages.trash": 5,
    "gmail.users.messages.import": 25,
    "gmail.users.messages.insert": 25,
    "gmail.users.messages.attachments.get": 5,
    "gmail.users.threads.get": 40,
    "gmail.users.threads.list": 10,
    "gmail.users.threads.modify": 10,
    "gmail.users.history.list": 2,
    "gmail.users.labels.list": 1,
    "gmail.users.labels.get": 1,
    "gmail.users.labels.create": 5,
    "gmail.users.getProfile": 1,
}


MAILS_A_DAY = 2000
"""What one mailbox may send in any 24 hours."""
_SENDING = frozenset({"gmail.users.messages.send", "gmail.users.drafts.send"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Units that one user, and everybody together, may spend in a minute; reads and writes may be apart."""

    per_user: int
    per_project: int
    apart: bool = False


GOOGLES_LIMITS = {
    "sheets": Limit(per_user=60, per_project=300, apart=True),
    "calendar": Limit(per_user=600, per_project=10_000),
    "gmail": Limit(per_user=6_000, per_project=1_200_000),
    "directory": Limit(per_user=2_400, per_project=1_000_000),
}


class Quotas:
    """A bucket for each API, user and kind of request, filled evenly over a minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._limits: dict[str, Limit] = {}
        self._gmail_status = 403
        self._buckets: dict[tuple[str, ...], tuple[float, datetime]] = {}
        self._sent: dict[str, deque[datetime]] = defaultdict(deque)

    def switch_on(self, limits: dict[str, Limit] | None = None, *, gmail_status: int = 403) -> None:
        """Count from now on, with full buckets; Google's limits unless told otherwise.

        Gmail has been seen to refuse with 403 and with 429, in other words each.
        """
        self._gmail_status = gmail_status
        self._limits = GOOGLES_LIMITS if limits is None else limits
        self._buckets.clear()
        self._sent.clear()

    def switch_off(self) -> None:
        self._limits = {}

    def spend(self, method_id: str, *, user: str, kind: str) -> None:
        """Count one request.

        Raises:
            ApiError: The bucket doesn't hold enough; nothing is taken.
        """
        api = method_id.partition(".")[0]
        limit = self._limits.get(api)
        if limit is None:
            return
        units = _GMAIL_UNITS.get(method_id, 10) if api == "gmail" else 1
        part = (kind,) if limit.apart else ()
        levels = [((api, user, *part), limit.per_user), ((api, "*", *part), limit.per_project)]
        now = self._clock.now()
        filled = [(key, self._filled(key, capacity, now)) for key, capacity in levels]
        for at, (_, level) in enumerate(filled):
            if level < units:
                whose = "user" if at == 0 else "project"
                raise (
                    _gmail_exceeded(self._gmail_status, whose)
                    if api == "gmail"
                    else _exceeded(api, kind, whose)
                )
        if method_id in _SENDING:
            self._count_mail(user, now)
        for key, level in filled:
            self._buckets[key] = (level - units, now)

    def _count_mail(self, user: str, now: datetime) -> None:
        sent = self._sent[user]
        while sent and sent[0] <= now - _DAY:
            sent.popleft()
        if len(sent) >= MAILS_A_DAY:
            again = sent[0] + _DAY
            message = f"User-rate limit exceeded.  Retry after {again:%Y-%m-%dT%H:%M:%S.000Z} (Mail sending)"
            raise ApiError(429, "rateLimitExceeded", message, "RESOURCE_EXHAUSTED", domain="usageLimits")
        sent.append(now)

    def _filled(self, key: tuple[str, ...], capacity: int, now: datetime) -> float:
        level, since = self._buckets.get(key, (float(capacity), now))
        return min(float(capacity), level + capacity * (now - since).total_seconds() / 60)


def _exceeded(api: str, kind: str, whose: str) -> ApiError:
    if api == "sheets":
        metric = f"{kind.capitalize()} requests"
        per = " per user" if whose == "user" else ""
        message = (
            f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute{per}' of service "
            "'sheets.googleapis.com' for consumer 'project_number:123456789012'."
        )
        details = _sheets_details(kind, whose)
        return ApiError(429, "rateLimitExceeded", message, "RESOURCE_EXHAUSTED", details=details)
    if api == "directory":
        message = "Request rate higher than configured."
        return ApiError(403, "quotaExceeded", message, domain="usageLimits")
    reason = "userRateLimitExceeded" if whose == "user" else "rateLimitExceeded"
    message = "User Rate Limit Exceeded" if whose == "user" else "Rate Limit Exceeded"
    return ApiError(403, reason, message, domain="usageLimits")


def _gmail_exceeded(status: int, whose: str) -> ApiError:
    if status == 429:
        message = "Resource has been exhausted (e.g. check quota)."
        return ApiError(429, "rateLimitExceeded", message, "RESOURCE_EXHAUSTED")
    limit = "Queries per minute" + (" per user" if whose == "user" else "")
    message = (
        f"Quota exceeded for quota metric 'Queries' and limit '{limit}' of service 'gmail.googleapis.com' for "
        "consumer 'project_number:123456789012'."
    )
    return ApiError(403, "rateLimitExceeded", message, domain="usageLimits")


def _sheets_details(kind: str, whose: str) -> tuple[dict[str, Any], ...]:
    """Return what Google adds in the newer style: which limit it was. It sends no Retry-After."""
    limit = f"{kind.capitalize()}RequestsPerMinutePer{'User' if whose == 'user' else 'Project'}"
    metadata = {
        "consumer": "projects/123456789012",
        "quota_limit": limit,
        "quota_limit_value": str(getattr(GOOGLES_LIMITS["sheets"], f"per_{whose}")),
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{kind}_requests",
        "service": "sheets.googleapis.com",
    }
    info = {"reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": metadata}
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    return (
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", **info},
        {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]},
    )
