"""Whether the mailbox has our labels and room for a day's letters."""

from __future__ import annotations

from peerpact.operating.doctor.findings import Ailment, Check, Examination

SENT_PER_DAY = 2000
"""Gmail's limit in 24 hours (support.google.com/a/answer/166852)."""


def _labels(it: Examination) -> str:
    missing = it.mail.mailbox.missing_labels()
    if missing:
        raise Ailment(
            f"The mailbox lacks the labels {', '.join(missing)}. Run “peerpact init”, which makes them."
        )
    return "there."


def _quota(it: Examination) -> str:
    sent = it.mail.mailbox.count_sent()
    people = len(it.people)
    if sent + people > SENT_PER_DAY:
        raise Ailment(
            f"The mailbox sent {sent} mails within a day and there are {people} people; Gmail sends {SENT_PER_DAY} "
            "a day. Lower “Most letters per run” in Settings, and use the mailbox for nothing else."
        )
    return f"{sent} of {SENT_PER_DAY} mails sent within a day, {people} people on the roster."


CHECKS: dict[str, Check] = {"labels": _labels, "quota": _quota}
