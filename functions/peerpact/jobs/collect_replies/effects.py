"""What is done about mails: their effect written once, what was understood said back, labels, people forgotten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from email.message import EmailMessage
from functools import partial

from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.apart import in_parts
from peerpact.google.mail import AUTOMATIC, CONFIDENTIAL, DONE, NEEDS_A_PERSON
from peerpact.google.outbox import LetterToSend, Posted
from peerpact.google.sheets import Upsert, Workbook
from peerpact.jobs.archive import every_address, forget_in_archive, rows_about, unreadable_rows
from peerpact.jobs.collect_replies import with_archive
from peerpact.jobs.collect_replies.known import Gathered, knowing
from peerpact.jobs.collect_replies.words import acknowledgement, word_to_contact
from peerpact.jobs.job import Done, Run, after_posting
from peerpact.jobs.letterhead import ready_or_odd
from peerpact.jobs.private_wishes import WISHES
from peerpact.programme.correspondence import PRIVATE, LetterRecord, begun_answers
from peerpact.programme.memory import FORGOTTEN, Memo
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply
from peerpact.programme.replies.own import OF_ITSELF
from peerpact.programme.replies.seen import UNREAD
from peerpact.programme.requests import MY_DATA, STATUS
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say
from peerpact.programme.wishes import wishes_over
from peerpact.tables.records import as_row, request_row


def carry_out(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    """Do all that was decided: write it down, say it back, label the mails, forget whom it is time to forget."""
    gathered = knowing(gathered, access)  # where there was no mail
    _note_sent(gathered.found_sent, access)
    decided = [a for a in plan.actions if isinstance(a, TakeReply | SetAside)]
    refused = in_parts(lambda some: _write(some, access, gathered.programme), decided)
    actions = [*_without(decided, refused), *(_not_written(a, str(e)) for a, e in refused)]
    aside = [a for a in actions if isinstance(a, SetAside)]
    unnoted = {a.key for a, _ in in_parts(lambda some: _write(some, access, gathered.programme), aside)}
    asks = {a.person.email for a in actions if isinstance(a, TakeReply) and a.asks_for == MY_DATA}
    material = with_archive(gathered, access, asks)
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
    forgot, left = _forget_all(plan, gathered, access)
    waiting = gathered.waiting + sum(_label_of(a) == NEEDS_A_PERSON for a in actions)
    came = after_posting(posted)
    problems = (*(_refused(a, gathered) for a, _ in refused), *left)
    changes = (*came.changes, Upsert("Memory", [as_row(memo) for memo in forgot]))
    return replace(came, problems=(*came.problems, *problems), needs_a_person=waiting, changes=changes)


def _with_others(material: Gathered, access: Access, action: TakeReply) -> Gathered:
    """Return what an acknowledgement is made of; to who asks about themselves, with what other mailboxes keep."""
    if not access.config.mailboxes or action.asks_for not in {MY_DATA, STATUS}:
        return material
    from peerpact.jobs.collect_replies.elsewhere import (  # noqa: PLC0415 - few runs need it
        with_other_mailboxes,
    )

    is_whole = action.asks_for == MY_DATA
    return with_other_mailboxes(material, access, {action.person.email}, is_whole=is_whole)


def _note_sent(letters: Sequence[LetterRecord], access: Access) -> None:
    """Write down again what was sent, where its kind is kept."""
    private = [as_row(letter) for letter in letters if letter.kind in PRIVATE]
    access.ledger.commit([Upsert("Letters", private)])
    access.programme.commit([Upsert("Letters", [as_row(x) for x in letters if x.kind not in PRIVATE])])


def _write(actions: Sequence[TakeReply | SetAside], access: Access, programme: ProgrammeSeen) -> None:
    """Write what replies change, each once: first what admins decide about, then the ledger, in one batch each."""
    fresh = [a for a in actions if isinstance(a, TakeReply) and not a.is_recorded]
    shown = [r for a in actions for r in (a.shown if isinstance(a, TakeReply) else a.requests)]
    requests = [request_row(r, programme.name(r.person)) for r in shown]
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


def _forget_all(plan: Plan, gathered: Gathered, access: Access) -> tuple[list[Memo], list[Problem]]:
    """Erase who wants to be forgotten, and the private wishes whose time is over.

    Returns what to keep in mind, and of what was to be erased what can't be, or be read: that is tried again.
    """
    done, left, renamed = list[Memo](), list[Problem](), gathered.programme.renamed
    _clear_wishes([w.id for w in wishes_over(gathered.wishes or (), gathered.programme)], access)
    for forget in plan.actions:
        if isinstance(forget, ForgetPerson):
            rows = rows_about(forget.email, access.ledger, renamed)
            stuck = forget_in_archive(forget.email, rows, access.ledger, renamed, access.mailbox.discard)
            name = gathered.programme.name(forget.email)
            stuck |= _forget(forget, access, every_address({forget.email}, renamed), name)
            if lost := [*unreadable_rows(rows), *(_not_discarded(m, forget) for m in sorted(stuck))]:
                left += lost
            else:
                done.append(Memo(key=f"{FORGOTTEN}{forget.request}", since=gathered.programme.today))
    return done, left


def _forget(action: ForgetPerson, access: Access, names: Collection[str], name: str) -> frozenset[str]:
    """Erase what is kept about somebody: mails first, so that no row is gone of a mail that is still there.

    Rows that are there twice go as well, and promises that can't be used, as somebody typed into their rows. Returns
    the ids of mails and drafts that can't be discarded.
    """
    stuck = access.mailbox.discard(action.mails, action.drafts)
    access.ledger.commit(
        [
            _cleared("Letters", action.letters, access.ledger, but=stuck),
            _cleared("Replies", action.replies, access.ledger, but=stuck),
            _cleared("Commitments", action.commitments, access.ledger, names),
        ]
    )
    _clear_wishes(action.wishes, access)
    access.programme.commit([Upsert("Requests", [request_row(r, name) for r in action.said])])
    return stuck


def _not_discarded(mail: str, forget: ForgetPerson) -> Problem:
    return Problem(
        tab="Roster",
        row_key=f"mail {mail}",
        what=say(
            "A mail of somebody who is to be forgotten can't be moved to the bin of the mentoring mailbox."
        ),
        remedy=say(
            "Have whoever looks after that mailbox delete it there: {link}. All else about them is erased; this is "
            "tried again until the mail is gone.",
            link="https://mail.google.com/mail/#" + ("drafts" if mail in forget.drafts else f"all/{mail}"),
        ),
    )


def _clear_wishes(ids: Sequence[str], access: Access) -> None:
    if access.wishes and ids:
        access.wishes.commit([_cleared(WISHES, ids, access.wishes)])


def _cleared(
    title: str,
    keys: Collection[str],
    workbook: Workbook,
    whose: Collection[str] = (),
    but: Collection[str] = (),
) -> Upsert:
    """``but``: mails and drafts whose rows stay."""
    contents = workbook.contents(title)
    wanted = {(key,) for key in keys}
    rows = [row for row in (*contents.rows, *contents.doubles) if contents.key_of(row.values) in wanted]
    rows += [
        r for r in contents.unusable if r.values.get("person") in whose or contents.key_of(r.values) in wanted
    ]
    gone = [r for r in rows if not {r.values.get("message_id"), r.values.get("draft_id")} & {*but}]
    return Upsert(title, [], tuple(sorted(row.number for row in gone)))


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
    answers = (a for a in taken if a.is_answer)
    return [{"key": a.letter.key, "answered": a.record.received, **_number_in(a)} for a in answers]


def _number_in(action: TakeReply) -> dict[str, object]:
    number = action.understood.number
    return {"number": number} if number and action.letter.number is not None else {}
