"""Where there are several mailboxes: whether each lets us in and has what it needs, and whether one may go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from peerpact.config import MailboxPlace
from peerpact.errors import GoogleError
from peerpact.operating.doctor import mailbox, sign_in
from peerpact.operating.doctor.closing import may_go
from peerpact.operating.doctor.findings import Ailment, Examination, Finding, NotLookedAt, looked_at
from peerpact.operating.installation import placed
from peerpact.operating.mailboxes import KINDS, who_asks

Check = Callable[[Examination, MailboxPlace, Examination], str]
"""Given the installation as the mailbox has it, its place, and the whole."""


def examine(it: Examination) -> Iterator[Finding]:
    """Make every check of each mailbox; of one that nobody lets us into, no more than that."""
    made = {place.mailbox: (place, its) for place, its in it.each}
    for place in placed(it.config):
        _, its = made.get(place.mailbox, (place, None))
        if its is None:
            yield looked_at(f"{place.mailbox}, share", _not_made, it)
            continue
        for name, check in CHECKS.items():
            if name == "may go" and not place.is_closing:
                continue
            finding = looked_at(f"{place.mailbox}, {name}", partial(_made, check, place, it), its)
            yield finding
            if finding.is_red and name in sign_in.FIRST:
                break


def _made(check: Check, place: MailboxPlace, whole: Examination, its: Examination) -> str:
    return check(its, place, whole)


def _not_made(_: Examination) -> str:
    raise Ailment(
        "It has no share of the programme and no ledger yet, so its jobs do nothing. Run “peerpact init”, which makes "
        "both, put what it prints into terraform.tfvars, and apply."
    )


def _is_up_to_date(its: Examination, place: MailboxPlace, _: Examination, *, kind: str) -> str:
    key = getattr(place, kind)
    try:
        changes = its.owner.spreadsheets.pending(KINDS[kind], key).changes
    except GoogleError as error:
        if error.status not in {403, 404}:
            raise
        raise Ailment(
            f"{place.mailbox} can't open its {kind} (id {key}). Restore it from the mailbox's bin in Drive, or correct "
            "the id in PEERPACT_MAILBOXES."
        ) from error
    if changes:
        raise Ailment(
            f"Its {kind} is older than this Peerpact. Run “peerpact init”, which {'; '.join(changes)}."
        )
    return "there, and up to date."


def _is_shared(its: Examination, place: MailboxPlace, whole: Examination, *, kind: str) -> str:
    key = getattr(place, kind)
    wanted = {a.lower() for a in (its.accounts if kind == "share" else its.ledger_accounts)}
    asking = {a.lower() for a in who_asks(whole.config, place)}
    spreadsheets = its.owner.spreadsheets
    editors, readers = spreadsheets.editors(key), spreadsheets.readers(key)
    if missing := sorted((wanted - editors) | (asking - readers)):
        raise Ailment(
            f"Its {kind} is not shared with {', '.join(missing)}. Run “peerpact init” with PEERPACT_MAILBOXES set, as "
            "“terraform output” gives it."
        )
    if others := sorted(readers - wanted - asking - {place.mailbox}):
        raise Ailment(
            f"Its {kind} is shared with {', '.join(others)}, whom it does not concern. Open it as {place.mailbox}, "
            "choose Share, and take them off."
        )
    if not wanted:
        raise NotLookedAt("the accounts of its jobs are not set.")
    return f"with the {len(wanted)} accounts of jobs."


CHECKS: dict[str, Check] = {
    **{name: lambda its, _, __, c=check: c(its) for name, check in sign_in.FIRST.items()},  # type: ignore[misc]
    **{kind: partial(_is_up_to_date, kind=kind) for kind in KINDS},
    **{f"{kind} shared": partial(_is_shared, kind=kind) for kind in KINDS},
    "labels": lambda its, _, __: mailbox.CHECKS["labels"](its),
    "quota": lambda its, _, __: mailbox.CHECKS["quota"](its),
    "may go": may_go,
}
