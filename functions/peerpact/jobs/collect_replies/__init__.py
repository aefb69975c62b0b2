"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id is on Replies, written in one batch with everything it changed. Then the acknowledgement
goes out, and last the mail gets its label, so that a run that died is taken up where it stopped. What is to be done,
``programme.replies.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from peerpact.google.access import Access
from peerpact.google.mail import NEEDS_A_PERSON, Sent, Waiting
from peerpact.jobs.accounts import accounts_of
from peerpact.jobs.archive import recalled
from peerpact.jobs.collect_replies.inbox import waiting_mails
from peerpact.jobs.collect_replies.known import Gathered, knowing, read_recent
from peerpact.jobs.job import Done, Run, Steps
from peerpact.jobs.private_wishes import read_private_wishes
from peerpact.jobs.programme_tabs import Directory, read_programme
from peerpact.programme.correspondence import LetterRecord, found_again, is_whole
from peerpact.programme.plan import Plan
from peerpact.programme.replies.decision import decide, whose_letter_was_unknown
from peerpact.programme.replies.own import MOST_LOOKED_UP
from peerpact.programme.requests import to_be_forgotten
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import (
    read_commitments,
    read_guidance,
    read_letters,
    read_pairings,
    read_replies,
)

if TYPE_CHECKING:
    from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply


def gather(access: Access, now: datetime) -> Gathered:
    directory = Directory(accounts=partial(accounts_of, access))
    programme = read_programme(
        access.programme, now, ("Guidance",), directory=directory, config=access.config
    )
    read_recent(access, now)
    access.ledger.rename(programme.renamed)
    gathered = Gathered(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        mailbox=access.config.mailbox,
        token_key=access.config.secret("token_key"),
        replies=read_replies(access.ledger.contents("Replies")),
        has_archive=access.ledger.has(ARCHIVE),
    )
    to_forget = to_be_forgotten(programme.requests, programme.settings.grace_days, programme.today)
    if people := {*to_forget, *whose_letter_was_unknown(gathered)}:
        gathered = knowing(gathered, access, people)
    waiting = waiting_mails(access, gathered)
    if waiting or to_forget:
        wishes = read_private_wishes(access, programme) if access.wishes else None
        gathered = replace(gathered, wishes=wishes)
    return _with_mails(gathered, waiting, access) if waiting else gathered


def _with_mails(gathered: Gathered, waiting: Sequence[Waiting], access: Access) -> Gathered:
    """Return what was gathered with the mails, and with what else must be known to judge them."""
    from peerpact.jobs.collect_replies.mails import aliases_of, read_mails  # noqa: PLC0415 - most ticks have no mail
    from peerpact.programme.replies.answered_letter import answers_no_letter  # noqa: PLC0415 - as above

    gathered = read_mails(waiting, access, gathered)
    gathered = replace(gathered, aliases=aliases_of(gathered.mails, gathered, access))
    gathered = knowing(gathered, access, gathered.aliases.people.values())
    unknown = {m.id: gathered.aliases.writer_of(m) for m in gathered.mails if answers_no_letter(m, gathered)}
    now = {*islice(dict.fromkeys(unknown.values()), MOST_LOOKED_UP)}
    later = {mail for mail, person in unknown.items() if person not in now}
    mails = tuple(m for m in gathered.mails if m.id not in later)
    whole = replace(with_archive(gathered, access, now), mails=mails)
    unknown_still = [m for m in mails if m.id in unknown]
    if any(answers_no_letter(m, whole) for m in unknown_still):
        whole = _with_sent(whole, access)
    if not all(answers_no_letter(m, whole) for m in unknown_still):  # they may quote old letters of ours
        whole = read_mails([w for w in waiting if w.message_id not in later], access, whole)
    return replace(whole, waiting=access.mailbox.count(NEEDS_A_PERSON))


def with_archive(gathered: Gathered, access: Access, people: Collection[str]) -> Gathered:
    """Return what was gathered with all that the archive has about some people."""
    if not (people := {*people} - gathered.recalled):
        return gathered
    renamed = gathered.programme.renamed
    ours, theirs = (recalled(w, people, renamed) for w in (access.programme, access.ledger))
    old = [read_letters(part["Letters"]) for part in (ours, theirs) if "Letters" in part]
    commitments = read_commitments(theirs["Commitments"]) if "Commitments" in theirs else ()
    replies = read_replies(theirs["Replies"]) if "Replies" in theirs else {}
    pairings = read_pairings(ours["Pairings"]) if "Pairings" in ours else ()
    known = {p.id for p in gathered.programme.pairings}
    return replace(
        gathered,
        recalled=gathered.recalled | people,
        programme=replace(
            gathered.programme,
            pairings=(*gathered.programme.pairings, *(p for p in pairings if p.id not in known)),
        ),
        letters={k: x for some in (*old, gathered.letters) for k, x in some.items()},
        commitments={**{c.id: c for c in commitments}, **gathered.commitments},
        replies={**replies, **gathered.replies},
    )


def _with_sent(gathered: Gathered, access: Access) -> Gathered:
    """Return what was gathered with letters of which no row tells: somebody restored an older spreadsheet.

    Of the newest mails in Sent those are looked at whose ids no row has, and not very many of them. One that names no
    pairing, as it is older, is of the pairing that another of its thread names, also where that one's row is being
    written just now.
    """
    from peerpact.google.outbox import LOST_FOR, MOST_LOOKED_AT, on_record  # noqa: PLC0415 - few ticks look there

    since, tabs = gathered.programme.now - LOST_FOR, (access.programme, access.ledger)
    ids = {letter.message_id for letter in gathered.letters.values() if letter.is_whole}
    ids.update(message for w in tabs for key, message in on_record(w) if is_whole(key))
    sent = access.mailbox.sent_by_key(since, but_for=ids, at_most=MOST_LOOKED_AT)
    there = {key for w in tabs for key, _ in on_record(w) if key in sent}
    found = [x for key, one in sent.items() if key not in there and (x := _as_record(key, one))]
    if not found:
        return gathered
    gathered = knowing(gathered, access, {x.person for x in found})
    known = gathered.letters
    about = {x.thread_id: x.pairing for x in [*found, *known.values()] if x.thread_id and x.pairing}
    letters = [replace(x, pairing=x.pairing or about.get(x.thread_id, "")) for x in found]
    new = {letter.key: letter for letter in letters if letter.key not in known}
    return replace(gathered, letters={**known, **new}, found_sent=tuple(new.values()))


def _as_record(key: str, sent: Sent) -> LetterRecord | None:
    return found_again(
        key,
        sent.to,
        named=sent.reference,
        about=sent.about,
        sent=sent.at,
        message_id=sent.message_id,
        thread_id=sent.thread_id,
        rfc_message_id=sent.rfc_message_id,
    )


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    from peerpact.jobs.collect_replies.effects import carry_out  # noqa: PLC0415 - it loads letters; most ticks do nothing

    return carry_out(plan, gathered, access, run)


def _reaches(action: TakeReply | SetAside | ForgetPerson) -> tuple[str, ...]:
    from peerpact.programme.replies.actions import TakeReply  # noqa: PLC0415 - most ticks have no action

    return (action.person.email,) if isinstance(action, TakeReply) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
