"""``peerpact doctor``: one finding per check: green, red with a sentence on what to do, or not looked at.

Nothing that people see is changed. It writes one letter to the mailbox itself, four events without guests that it
cancels, named ranges and a comment that it takes away, and one lease that it gives back; what Google does not document
is tried out with them. ``unverified`` lists what that is.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerpact.operating.doctor import cloud, letter, mailbox, mailboxes, meetings, sign_in, spreadsheets
from peerpact.operating.doctor.findings import Check, Examination, Finding, looked_at

FIRST: dict[str, Check] = sign_in.FIRST
"""Without these nothing else is tried: we can't act, or would act as somebody else."""
NEXT: dict[str, Check] = (
    sign_in.CHECKS | spreadsheets.CHECKS | meetings.CHECKS | mailbox.CHECKS | cloud.CHECKS
)
LAST: dict[str, Check] = sign_in.LAST
NAMES = (*FIRST, *NEXT, *letter.NAMES, *LAST)


def examine(it: Examination) -> Iterator[Finding]:
    """Make every check in turn; stops after the first two when we can't act, or act as somebody else."""
    for name, check in FIRST.items():
        finding = looked_at(name, check, it)
        yield finding
        if finding.is_red:
            return
    for name, check in NEXT.items():
        yield looked_at(name, check, it)
    yield from mailboxes.examine(it)
    if it.with_letter:
        yield from letter.examine(it)
    for name, check in LAST.items():
        yield looked_at(name, check, it)


__all__ = ["NAMES", "Examination", "Finding", "examine"]
