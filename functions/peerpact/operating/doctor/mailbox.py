"""Whether the mailbox has our labels and room for a day's letters, and whether Gmail vouches for those who answer."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from peerpact.operating.doctor.findings import Ailment, Check, Examination, NotLookedAt
from peerpact.programme.replies.reply import Verdict, verdict_of

SENT_PER_DAY = 2000
"""Gmail's limit in 24 hours (support.google.com/a/answer/166852)."""
DAYS = 21
MOST_REPLIES = 40


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


def _vouched(it: Examination) -> str:
    """Judge by what people answered of late: a letter to oneself passes no border, and proves nothing about them."""
    lately = list(islice(it.mail.mailbox.came(days=DAYS), MOST_REPLIES))
    found = Counter(verdict_of(mail.raw, of=it.people) for mail in it.mail.mailbox.read_all(lately))
    refused, vouched, silent = (found[v] for v in (Verdict.REFUSED, Verdict.VOUCHED, Verdict.SILENT))
    if not refused + vouched + silent:
        raise NotLookedAt(
            f"not tried yet: nobody on the roster has written to the mailbox in the last {DAYS} days. Run the doctor "
            "again after the first replies."
        )
    if refused:
        raise Ailment(
            f"Gmail does not vouch for {refused} of the last {found.total() - found[None]} mails from people on the "
            "roster (Authentication-Results that failed). Such replies wait for a person. Set up DKIM and DMARC for "
            "the domain in the Admin console (Gmail, Authenticate email); if it is set up, somebody writes in other "
            "people's names: look at the mails under “peerpact/needs a person”."
        )
    if silent:
        return (
            f"Gmail vouches for {vouched} of the last {vouched + silent} mails from people on the roster and says "
            "nothing of the others, as inside a domain: those count by the token in the address that they came to."
        )
    return f"Gmail vouches for all of the last {vouched} mails from people on the roster."


CHECKS: dict[str, Check] = {"labels": _labels, "quota": _quota, "Authentication-Results": _vouched}
