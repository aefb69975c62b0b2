"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id is on Replies, written in one batch with everything it changed. Then the acknowledgement
goes out, and last the mail gets its label, so that a run that died is taken up where it stopped. What is to be done,
``programme.replies.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from functools import partial

from peerpact.config import Config
from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.apart import in_parts
from peerpact.google.mail import AUTOMATIC, CONFIDENTIAL, DONE, NEEDS_A_PERSON, Sent
from peerpact.google.outbox import LOST_FOR, MOST_LOOKED_AT, LetterToSend, Posted
from peerpact.google.sheets import Upsert, Workbook
from peerpact.jobs.accounts import accounts_of
from peerpact.jobs.archive import forget_in_archive, recalled
from peerpact.jobs.collect_replies.inbox import aliases_of, waiting_mails
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.letterhead import ready_or_odd
from peerpact.jobs.private_wishes import WISHES, read_private_wishes
from peerpact.jobs.programme_tabs import Directory, read_programme
from peerpact.programme.correspondence import PRIVATE, LetterRecord, begun_answers, found_again
from peerpact.programme.guidance import Guidance
from peerpact.programme.memory import FORGOTTEN, Memo
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply
from peerpact.programme.replies.answered_letter import answers_no_letter
from peerpact.programme.replies.decision import UNREAD, decide
from peerpact.programme.replies.own import MY_DATA, OF_ITSELF, STATUS
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.requests import to_be_forgotten
from peerpact.programme.sentences import say
from peerpact.programme.wishes import wishes_over
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import (
    as_row,
    read_commitments,
    read_guidance,
    read_letters,
    read_pairings,
    read_replies,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(RepliesSeen):
    """What replies are judged by, and what else acknowledgements and the digest are made of."""

    config: Config
    guidance: Guidance = field(default_factory=Guidance)
    waiting: int = 0
    """Mails that need a person, from earlier runs."""
    found_sent: tuple[LetterRecord, ...] = ()
    """Letters in Sent of which no row tells."""


def gather(access: Access, now: datetime) -> Gathered:
    ledger, directory = access.ledger, Directory(accounts=partial(accounts_of, access))
    programme = read_programme(
        access.programme, now, ("Letters", "Guidance"), directory=directory, config=access.config
    )
    ledger.read(["Commitments", "Letters", "Replies"])
    ledger.rename(programme.renamed)
    gathered = Gathered(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        mailbox=access.config.mailbox,
        token_key=access.config.secret("token_key"),
        commitments={c.id: c for c in read_commitments(ledger.contents("Commitments"))},
        letters={
            **read_letters(access.programme.contents("Letters")),
            **read_letters(ledger.contents("Letters")),
        },
        replies=read_replies(ledger.contents("Replies")),
        has_archive=ledger.has(ARCHIVE),
    )
    mails, unread = waiting_mails(access, gathered)
    if mails or to_be_forgotten(programme.requests, programme.settings.grace_days, programme.today):
        wishes = read_private_wishes(access, programme) if access.wishes else None
        gathered = replace(gathered, wishes=wishes)
    if not mails and not unread:
        return gathered
    gathered = replace(gathered, mails=mails, unread=unread, aliases=aliases_of(mails, gathered, access))
    unknown = [m for m in mails if answers_no_letter(m, gathered)]
    aliases = gathered.aliases.people
    whole = _with_archive(gathered, access, {aliases.get(m.reply.sender, m.reply.sender) for m in unknown})
    if any(answers_no_letter(m, whole) for m in unknown):
        whole = _with_sent(whole, access)
    if not all(answers_no_letter(m, whole) for m in unknown):
        mails, unread = waiting_mails(access, whole)  # again, knowing what old letters of ours they may quote
        whole = replace(whole, mails=mails, unread=unread)
    return replace(whole, waiting=access.mailbox.count(NEEDS_A_PERSON))


def _with_archive(gathered: Gathered, access: Access, people: Collection[str]) -> Gathered:
    """Return what was gathered with all that the archive has about some people."""
    if not people:
        return gathered
    renamed = gathered.programme.renamed
    ours, theirs = (recalled(w, people, renamed) for w in (access.programme, access.ledger))
    old = [read_letters(part["Letters"]) for part in (ours, theirs) if "Letters" in part]
    commitments = read_commitments(theirs["Commitments"]) if "Commitments" in theirs else ()
    pairings = read_pairings(ours["Pairings"]) if "Pairings" in ours else ()
    known = {p.id for p in gathered.programme.pairings}
    return replace(
        gathered,
        programme=replace(
            gathered.programme,
            pairings=(*gathered.programme.pairings, *(p for p in pairings if p.id not in known)),
        ),
        letters={k: x for some in old for k, x in some.items()} | dict(gathered.letters),
        commitments={c.id: c for c in commitments} | dict(gathered.commitments),
        replies=(read_replies(theirs["Replies"]) if "Replies" in theirs else {}) | dict(gathered.replies),
    )


def _with_others(material: Gathered, access: Access, action: TakeReply) -> Gathered:
    """Return what an acknowledgement is made of; to who asks about themselves, with what other mailboxes keep."""
    if not access.config.mailboxes or action.asks_for not in {MY_DATA, STATUS}:
        return material
    from peerpact.jobs.collect_replies.elsewhere import (  # noqa: PLC0415 - few runs need it
        with_other_mailboxes,
    )

    is_whole = action.asks_for == MY_DATA
    return with_other_mailboxes(material, access, {action.person.email}, is_whole=is_whole)


def _with_sent(gathered: Gathered, access: Access) -> Gathered:
    """Return what was gathered with letters of which no row tells: somebody restored an older spreadsheet.

    Of the newest mails in Sent those are looked at whose ids no row has, and not very many of them.
    """
    known, since = gathered.letters, gathered.programme.now - LOST_FOR
    ids = {letter.message_id for letter in known.values() if letter.is_whole}
    sent = access.mailbox.sent_by_key(since, but_for=ids, at_most=MOST_LOOKED_AT)
    found = [_as_record(key, one) for key, one in sent.items() if key not in known]
    letters = [letter for letter in found if letter]
    about = {x.thread_id: x.pairing for x in [*letters, *known.values()] if x.thread_id and x.pairing}
    new = {x.key: replace(x, pairing=x.pairing or about.get(x.thread_id, "")) for x in letters}
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


def _note_sent(letters: Sequence[LetterRecord], access: Access) -> None:
    """Write down again what was sent, where its kind is kept."""
    private = [as_row(letter) for letter in letters if letter.kind in PRIVATE]
    access.ledger.commit([Upsert("Letters", private)])
    access.programme.commit([Upsert("Letters", [as_row(x) for x in letters if x.kind not in PRIVATE])])


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    from peerpact.jobs.collect_replies.words import (  # noqa: PLC0415 - most runs write none
        acknowledgement,
        word_to_contact,
    )

    _note_sent(gathered.found_sent, access)
    decided = [a for a in plan.actions if isinstance(a, TakeReply | SetAside)]
    refused = in_parts(lambda some: _write(some, access), decided)
    actions = [*_without(decided, refused), *(_not_written(a, str(e)) for a, e in refused)]
    aside = [a for a in actions if isinstance(a, SetAside)]
    unnoted = {a.key for a, _ in in_parts(lambda some: _write(some, access), aside)}
    asks = {a.person.email for a in actions if isinstance(a, TakeReply) and a.asks_for == MY_DATA}
    material = _with_archive(gathered, access, asks)
    material_for = partial(_with_others, material, access)
    letters = [
        ready_or_odd(
            a.acknowledgement,
            lambda a=a, record=a.acknowledgement: acknowledgement(a, record, material_for(a)),  # type: ignore[misc]
        )
        for a in actions
        if isinstance(a, TakeReply) and a.acknowledgement
    ]
    letters += [
        ready_or_odd(a.word, partial(word_to_contact, a.word, material))
        for a in actions
        if isinstance(a, TakeReply) and a.word
    ]
    begun = begun_answers(gathered.letters.values(), but_for={letter.record.key for letter in letters})
    letters += [LetterToSend(record=letter, message=EmailMessage) for letter in begun]
    posted = access.outbox(access.ledger).send(letters, **run.posting, are_answers=True)
    for label in (DONE, AUTOMATIC, NEEDS_A_PERSON, CONFIDENTIAL):
        done = [a for a in actions if a.key not in unnoted and _is_answered(a, posted)]
        access.mailbox.label([a.record.message_id for a in done if _label_of(a) == label], label)
    forgot = _forget_all(plan, gathered, access)
    waiting = gathered.waiting + sum(_label_of(a) == NEEDS_A_PERSON for a in actions)
    came = after_posting(posted)
    problems = tuple(_refused(a, gathered) for a, _ in refused)
    changes = (*came.changes, Upsert("Memory", [as_row(memo) for memo in forgot]))
    return replace(came, problems=(*came.problems, *problems), needs_a_person=waiting, changes=changes)


def _write(actions: Sequence[TakeReply | SetAside], access: Access) -> None:
    """Write what replies change, each once: first what admins decide about, then the ledger, in one batch each."""
    fresh = [a for a in actions if isinstance(a, TakeReply) and not a.is_recorded]
    shown = [r for a in actions for r in (a.shown if isinstance(a, TakeReply) else a.requests)]
    requests = [{k: v for k, v in as_row(r).items() if k != "decision"} for r in shown]
    introductions = [a for a in fresh if a.letter.kind not in PRIVATE | {OF_ITSELF}]
    access.programme.commit(
        [Upsert("Requests", requests), Upsert("Letters", _answered_letters(introductions))]
    )
    if access.wishes and (wishes := [w for a in fresh for w in (*a.private.settled, *a.private.wishes)]):
        access.wishes.commit([Upsert(WISHES, [as_row(w) for w in wishes])])
    commitments = {c.id: c for a in fresh for c in a.commitments}
    records = [a.record for a in actions]
    access.ledger.commit(
        [
            Upsert("Commitments", [as_row(c) for c in commitments.values()]),
            Upsert("Letters", _answered_letters([a for a in fresh if a.letter.kind in PRIVATE])),
            Upsert("Replies", [as_row(r) for r in records]),
        ]
    )


def _forget_all(plan: Plan, gathered: Gathered, access: Access) -> list[Memo]:
    """Erase who wants to be forgotten, and the private wishes whose time is over; returns what to keep in mind."""
    done = []
    _clear_wishes([w.id for w in wishes_over(gathered.wishes or (), gathered.programme)], access)
    for forget in plan.actions:
        if isinstance(forget, ForgetPerson):
            for mail in forget_in_archive(forget.email, access.ledger, gathered.programme.renamed):
                access.mailbox.trash(mail)
            _forget(forget, access)
            done.append(Memo(key=f"{FORGOTTEN}{forget.request}", since=gathered.programme.today))
    return done


def _forget(action: ForgetPerson, access: Access) -> None:
    """Erase what is kept about somebody: mails first, so that no row is gone of a mail that is still there."""
    for draft in action.drafts:
        access.mailbox.delete_draft(draft)
    for mail in action.mails:
        access.mailbox.trash(mail)
    access.ledger.commit(
        [
            _cleared("Letters", action.letters, access.ledger),
            _cleared("Replies", action.replies, access.ledger),
            _cleared("Commitments", action.commitments, access.ledger),
        ]
    )
    _clear_wishes(action.wishes, access)


def _clear_wishes(ids: Sequence[str], access: Access) -> None:
    if access.wishes and ids:
        access.wishes.commit([_cleared(WISHES, ids, access.wishes)])


def _cleared(title: str, keys: Sequence[str], workbook: Workbook) -> Upsert:
    numbers = workbook.contents(title).row_numbers()
    return Upsert(title, [], tuple(sorted(numbers[(key,)] for key in keys if (key,) in numbers)))


def _without(
    actions: Sequence[TakeReply | SetAside], refused: Sequence[tuple[TakeReply | SetAside, PeerpactError]]
) -> list[TakeReply | SetAside]:
    keys = {action.key for action, _ in refused}
    return [a for a in actions if a.key not in keys]


def _not_written(action: TakeReply | SetAside, why: str) -> SetAside:
    """Return what is left to do about a reply whose effect could not be written: it is looked at again another day."""
    is_recorded = isinstance(action, TakeReply) and action.is_recorded
    record = action.record if is_recorded else replace(action.record, letter="", kind=UNREAD, taken_as=why)
    return SetAside(record=record, needs_a_person=True)


def _refused(action: TakeReply | SetAside, gathered: Gathered) -> Problem:
    address = action.person.email if isinstance(action, TakeReply) else ""
    return Problem(
        tab="Roster",
        row_key=f"reply of {address}" if address else f"mail {action.record.message_id}",
        what=say(
            "A reply of {name} could not be written down, so nothing of it counts yet.",
            name=gathered.programme.name(address),
        )
        if address
        else say("A mail that was set aside could not be noted, so it is looked at again each time."),
        remedy=say(
            "It is tried again tomorrow. If this stays, look at it in the mentoring mailbox, where it is without a "
            "label or under “{label}”, and answer it by hand.",
            label=NEEDS_A_PERSON,
        ),
    )


def _is_answered(action: TakeReply | SetAside, posted: Posted) -> bool:
    """Tell whether nothing is left to say back, so that the mail need not be looked at again."""
    letters = (action.acknowledgement, action.word) if isinstance(action, TakeReply) else ()
    return all(letter is None or posted.is_done(letter.key) for letter in letters)


def _label_of(action: TakeReply | SetAside) -> str:
    if isinstance(action, TakeReply):
        return CONFIDENTIAL if action.waits_for_the_contact else DONE
    return NEEDS_A_PERSON if action.needs_a_person else AUTOMATIC


def _answered_letters(taken: Sequence[TakeReply]) -> list[dict[str, object]]:
    return [{"key": a.letter.key, "answered": a.record.received, **_number_in(a)} for a in taken]


def _number_in(action: TakeReply) -> dict[str, object]:
    number = action.understood.number
    return {"number": number} if number and action.letter.number is not None else {}


def _reaches(action: TakeReply | SetAside | ForgetPerson) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, TakeReply) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
