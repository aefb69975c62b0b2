"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id is on Replies, written in one batch with everything it changed. Then the acknowledgement
goes out, and last the mail gets its label, so that a run that died is taken up where it stopped. What is to be done,
``programme.replies.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.mail import NEEDS_A_PERSON, Sent
from peerpact.jobs.accounts import accounts_of
from peerpact.jobs.archive import LeftOut, every_address, recalled, taken_back
from peerpact.jobs.collect_replies.inbox import waiting_mails
from peerpact.jobs.job import Done, Run, Steps
from peerpact.jobs.private_wishes import read_private_wishes
from peerpact.jobs.programme_tabs import Directory, read_programme
from peerpact.programme.correspondence import LetterRecord, found_again
from peerpact.programme.guidance import Guidance
from peerpact.programme.plan import Plan
from peerpact.programme.replies.decision import decide
from peerpact.programme.replies.seen import MailSeen, RepliesSeen, Unread
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


MOST_LOOKED_UP = 5
"""So many people's whole past is looked up in one run, as their mails answer no letter that is known; others wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(RepliesSeen):
    """What replies are judged by, and what else acknowledgements and the digest are made of."""

    config: Config
    guidance: Guidance = field(default_factory=Guidance)
    waiting: int = 0
    """Mails that need a person, from earlier runs."""
    found_sent: tuple[LetterRecord, ...] = ()
    """Letters in Sent of which no row tells."""
    left_out: LeftOut
    """Which rows are over and not held: they are as if they were in the archive already."""
    recalled: frozenset[str] = frozenset()
    """About whom all is there that the archive has."""


def gather(access: Access, now: datetime) -> Gathered:
    ledger, directory = access.ledger, Directory(accounts=partial(accounts_of, access))
    programme = read_programme(
        access.programme, now, ("Letters", "Guidance"), directory=directory, config=access.config
    )
    to_forget = to_be_forgotten(programme.requests, programme.settings.grace_days, programme.today)
    theirs = every_address(to_forget, programme.renamed)
    left_out = LeftOut(ledger, programme, most=0, but_for=theirs)
    ledger.read(["Commitments", "Letters", "Replies"], left_out.of_each())
    ledger.rename(programme.renamed)
    letters = read_letters(access.programme.contents("Letters"))
    letters.update(read_letters(ledger.contents("Letters")))
    commitments = {c.id: c for c in read_commitments(ledger.contents("Commitments"))}
    replies = read_replies(ledger.contents("Replies"))
    gathered = Gathered(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        mailbox=access.config.mailbox,
        token_key=access.config.secret("token_key"),
        commitments=commitments,
        letters=letters,
        replies=replies,
        has_archive=ledger.has(ARCHIVE),
        left_out=left_out,
    )
    mails, unread = _read_waiting(access, gathered)
    if mails or to_forget:
        wishes = read_private_wishes(access, programme) if access.wishes else None
        gathered = replace(gathered, wishes=wishes)
    return _with_mails(gathered, mails, unread, access) if mails or unread else gathered


def _read_waiting(access: Access, seen: Gathered) -> tuple[tuple[MailSeen, ...], tuple[Unread, ...]]:
    waiting = waiting_mails(access, seen)
    if not waiting:
        return (), ()
    from peerpact.jobs.collect_replies.mails import read_mails  # noqa: PLC0415 - most ticks have no mail to read

    return read_mails(waiting, access, seen)


def _with_mails(
    gathered: Gathered, mails: tuple[MailSeen, ...], unread: tuple[Unread, ...], access: Access
) -> Gathered:
    """Return what was gathered with the mails, and with what else must be known to judge them."""
    from peerpact.jobs.collect_replies.mails import aliases_of  # noqa: PLC0415 - as above
    from peerpact.programme.replies.answered_letter import answers_no_letter  # noqa: PLC0415 - as above

    gathered = replace(gathered, unread=unread, aliases=aliases_of(mails, gathered, access))
    unknown = {m.id: gathered.aliases.writer_of(m) for m in mails if answers_no_letter(m, gathered)}
    now = {*islice(dict.fromkeys(unknown.values()), MOST_LOOKED_UP)}
    later = {mail for mail, person in unknown.items() if person not in now}
    mails = tuple(m for m in mails if m.id not in later)
    whole = replace(with_archive(gathered, access, now), mails=mails)
    unknown_still = [m for m in mails if m.id in unknown]
    if any(answers_no_letter(m, whole) for m in unknown_still):
        whole = _with_sent(whole, access)
    if not all(answers_no_letter(m, whole) for m in unknown_still):
        mails, unread = _read_waiting(access, whole)  # again, knowing what old letters of ours they may quote
        whole = replace(whole, mails=tuple(m for m in mails if m.id not in later), unread=unread)
    return replace(whole, waiting=access.mailbox.count(NEEDS_A_PERSON))


def with_archive(gathered: Gathered, access: Access, people: Collection[str]) -> Gathered:
    """Return what was gathered with all that the archive, and what is about to move there, has about some people."""
    if not (people := {*people} - gathered.recalled):
        return gathered
    renamed = gathered.programme.renamed
    ours, theirs = (recalled(w, people, renamed) for w in (access.programme, access.ledger))
    back = taken_back(access.ledger, people, renamed) if gathered.left_out.is_much else {}
    old = [read_letters(part["Letters"]) for part in (ours, theirs, back) if "Letters" in part]
    commitments = [
        c for part in (theirs, back) if "Commitments" in part for c in read_commitments(part["Commitments"])
    ]
    replies = [read_replies(part["Replies"]) for part in (theirs, back) if "Replies" in part]
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
        replies={k: x for some in (*replies, gathered.replies) for k, x in some.items()},
    )


def _with_sent(gathered: Gathered, access: Access) -> Gathered:
    """Return what was gathered with letters of which no row tells: somebody restored an older spreadsheet.

    Of the newest mails in Sent those are looked at whose ids no row has, and not very many of them. One that names no
    pairing, as it is older, is of the pairing that another of its thread names, also where that one's row is being
    written just now.
    """
    from peerpact.google.outbox import LOST_FOR, MOST_LOOKED_AT  # noqa: PLC0415 - few ticks look there

    known, since = gathered.letters, gathered.programme.now - LOST_FOR
    ids = {letter.message_id for letter in known.values() if letter.is_whole}
    sent = access.mailbox.sent_by_key(since, but_for=ids, at_most=MOST_LOOKED_AT)
    found = [letter for key, one in sent.items() if (letter := _as_record(key, one))]
    about = {x.thread_id: x.pairing for x in [*found, *known.values()] if x.thread_id and x.pairing}
    letters = [replace(x, pairing=x.pairing or about.get(x.thread_id, "")) for x in found]
    new = {letter.key: letter for letter in letters if letter.key not in known}
    return replace(gathered, letters={**known, **new}, found_sent=tuple(new.values())) if new else gathered


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
