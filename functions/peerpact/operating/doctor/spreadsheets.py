"""Whether the spreadsheets are there, up to date, shared with whom they should be, and atomic as the jobs need it."""

from __future__ import annotations

from functools import partial

from peerpact.errors import GoogleError
from peerpact.operating.doctor.findings import Ailment, Check, Examination, NotLookedAt, said
from peerpact.tables.schema import tabs_of

TITLES = {
    "programme": "the programme spreadsheet",
    "ledger": "the ledger",
    "wishes": "the spreadsheet of private wishes",
}
PRIVATE = {"ledger": "what people promised", "wishes": "who asked for another partner"}
"""Spreadsheets that nobody but accounts of jobs may open, and what is in them."""


def _key(it: Examination, kind: str) -> str:
    key: str = getattr(it.config, f"{kind}_spreadsheet")
    if not key:
        raise Ailment(
            "There is no spreadsheet for private wishes, so who asks for another partner is shown to admins on the tab "
            "Requests. Run “peerpact init”, which makes one, and set PEERPACT_WISHES_SPREADSHEET to its id."
        )
    return key


def _spreadsheet(it: Examination, kind: str) -> str:
    try:
        changes = it.owner.spreadsheets.pending(kind, _key(it, kind)).changes
    except GoogleError as error:
        if error.status not in {403, 404}:
            raise
        raise Ailment(
            f"{it.config.mailbox} can't open {TITLES[kind]} (id {_key(it, kind)}). Set "
            f"PEERPACT_{kind.upper()}_SPREADSHEET to the id that “peerpact init” printed, or "
            f"share it with the mailbox."
        ) from error
    if changes:
        raise Ailment(
            f"{TITLES[kind].capitalize()} is older than this Peerpact. Run “peerpact init”, "
            f"which {'; '.join(changes)} "
            "and moves nothing."
        )
    many = len(tabs_of(kind))
    return f"there, with its {many} tabs up to date." if many > 1 else "there, with its tab up to date."


def _shared(it: Examination, kind: str) -> str:
    accounts = {"programme": it.accounts, "ledger": it.ledger_accounts, "wishes": it.wishes_accounts}
    writers = {a.lower() for a in accounts[kind]}
    wanted = writers | {a.lower() for a in (it.wishes_readers if kind == "wishes" else ())}
    variable = "PEERPACT_ACCOUNTS" if kind == "programme" else f"PEERPACT_{kind.upper()}_ACCOUNTS"
    more = " and PEERPACT_WISHES_READERS" if kind == "wishes" else ""
    editors, readers = _sharing(it, kind)
    shut_out = it.owner.spreadsheets.shut_out(_key(it, kind), writers)
    missing = sorted((writers - editors) | (wanted - readers) | shut_out)
    if missing:
        raise Ailment(
            f"{TITLES[kind].capitalize()} is not shared with {', '.join(missing)}, or its tabs are protected from "
            f"them. Run “peerpact init” with {variable}{more} set, as “terraform output” gives it."
        )
    others = sorted(readers - wanted - {it.config.mailbox})
    if kind in PRIVATE and wanted and others:
        raise Ailment(
            f"{TITLES[kind].capitalize()} is shared with {', '.join(others)}, who can read {PRIVATE[kind]}. Open it "
            f"as {it.config.mailbox}, choose Share, and take them off."
        )
    if it.owner.spreadsheets.is_shared_on(_key(it, kind)):
        raise Ailment(
            f"Whoever may edit {TITLES[kind]} can share it with others. Run “peerpact init”, which keeps that for "
            f"{it.config.mailbox}."
        )
    if not wanted:
        raise NotLookedAt(f"{variable} is not set.")
    return f"with the {len(wanted)} accounts of jobs."


def _sharing(it: Examination, kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return who may write and who may read."""
    try:
        return it.owner.spreadsheets.editors(_key(it, kind)), it.owner.spreadsheets.readers(_key(it, kind))
    except GoogleError as error:
        if error.status not in {403, 404}:
            raise
        raise Ailment(
            f"Drive does not say with whom {TITLES[kind]} is shared. It tells that only to the access that made it "
            "(delegation or consent, mailbox_access in Terraform): go back to that one, or share it by hand, as "
            f"{it.config.mailbox}, and take this line for what it is."
        ) from error


def _atomic(it: Examination) -> str:
    if not it.owner.spreadsheets.refuses_what_was_done(it.config.programme_spreadsheet):
        raise Ailment(
            "Google Sheets carried out a batch of changes that it had carried out before, or half of one. Two runs at "
            "once could then write a row twice: pause the schedules, and tell Peerpact's makers."
        )
    return "Sheets refuses, as a whole, a batch that was sent already."


def _copied(it: Examination) -> str:
    if not it.owner.spreadsheets.keeps_what_it_copies(it.config.programme_spreadsheet):
        raise Ailment(
            "Google Sheets changed cells as it copied them, so a commit of more than 2 MB (a round of thousands) could "
            "be written otherwise than it was decided. Pause the schedules, and tell Peerpact's makers."
        )
    return "cells stay as they are when Sheets copies them, and copies fit in below the last row."


def _comments(it: Examination) -> str:
    try:
        is_kept = it.owner.spreadsheets.keeps_comments(it.config.programme_spreadsheet)
    except GoogleError as error:
        if not error.permanent or error.concerns_all:
            raise
        raise NotLookedAt(
            f"Google Sheets takes no comments at cells here: {said(error)} Problems are on the tab Problems alone."
        ) from error
    if not is_kept:
        raise Ailment(
            "Google Sheets took a comment at a cell and did not show it there as resolved. Comments could then be "
            "written twice: put no under “Comments at cells” on Settings; Problems says the same."
        )
    return "Sheets takes comments at cells, and shows where they are and what became of them."


def _confidential(it: Examination) -> str:
    book = it.owner.owned_programme
    book.read(["Settings"])
    contact = book.settings()[0].confidential_contact
    if not contact:
        raise Ailment(
            "Nobody is set who helps in confidence when somebody writes of harassment, violence or despair. Enter the "
            "address of somebody bound to silence under “Confidential contact” on Settings, before a round opens."
        )
    return f"{contact} helps in confidence."


CHECKS: dict[str, Check] = {
    **{f"{kind} spreadsheet": partial(_spreadsheet, kind=kind) for kind in TITLES},
    **{f"{kind} shared": partial(_shared, kind=kind) for kind in TITLES},
    "one atomic batch": _atomic,
    "large commit": _copied,
    "comments at cells": _comments,
    "confidential contact": _confidential,
}
