"""Whether Google lets us in, as whom, with which scopes, and whether it ever had to slow us down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.scopes import COMPOSE, DIRECTORY, EVENTS, FREE_BUSY, HOURS, METADATA, MODIFY
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor.findings import Ailment, Check, Examination, NotLookedAt, said

MOST_SECONDS_APART = 60
"""Tokens are refused when a machine's clock is minutes off; dates and reminders are wrong before that."""


def _credentials(it: Examination) -> str:
    try:
        it.mail.mailbox.address()
    except GoogleError as error:
        if error.status in {401, 403}:
            raise Ailment(
                f"Nobody lets us into the mailbox {it.config.mailbox}: {said(error)} You, or the account "
                "that runs this, need the role peerpactSignJwt on the delegate account, and the Admin "
                "console must list the delegate's client id with every scope of “terraform "
                "output”. With a refresh token: consent again."
            ) from error
        raise
    return "there are credentials, and Google accepts them."


def _who(it: Examination) -> str:
    address = it.mail.mailbox.address()
    if address != it.config.mailbox:
        raise Ailment(
            f"We act as {address}, not as {it.config.mailbox}. Nothing else was tried. Set PEERPACT_MAILBOX "
            "to the mailbox's own address (not an alias), or let that mailbox consent."
        )
    return f"we act as {address}."


def _clock(it: Examination) -> str:
    google = it.mail.google_time()
    apart = round(abs((it.clock() - google).total_seconds()))
    if apart > MOST_SECONDS_APART:
        raise Ailment(
            f"This machine's clock and Google's are {apart} seconds apart (Google says {google:%Y-%m-%d %H:%M:%S} "
            "UTC). Let the machine set its clock from the network, and unset PEERPACT_TIME."
        )
    return f"{apart} second{'' if apart == 1 else 's'} apart from Google's."


def _scope(it: Examination, scope: str) -> str:
    try:
        _HARMLESS[scope](it.access(scope), it)
    except GoogleError as error:
        if error.status not in {400, 401, 403}:
            raise
        if "Metadata scope" in str(error):
            raise Ailment(
                f"A token that was asked for {scope} alone carries gmail.metadata as well, and then Gmail refuses to "
                "search and to read. Use delegation (mailbox_access in Terraform), where a token has what it was "
                "asked for and no more."
            ) from error
        if scope in _WITHOUT:
            return f"not granted; {_WITHOUT[scope]}"
        jobs = ", ".join(name for name, job in JOBS.items() if scope in job.mailbox_scopes)
        raise Ailment(
            f"{scope} is not granted; {jobs} can't work without it. Add exactly this scope to the delegate's "
            "client id in the Admin console (Security, API controls, Domain-wide delegation) and wait up to "
            f"a day, or consent again. Google says: {said(error)}"
        ) from error
    return "granted."


_HARMLESS: Mapping[str, Callable[[Access, Examination], object]] = {
    EVENTS: lambda access, it: access.calendar.ours(it.clock()),
    FREE_BUSY: lambda access, it: access.free_busy.of(
        [it.config.mailbox], it.clock(), it.clock() + timedelta(hours=1)
    ),
    COMPOSE: lambda access, _: access.mailbox.address(),
    METADATA: lambda access, it: access.mailbox.sent_by_key(it.clock()),
    MODIFY: lambda access, _: access.mailbox.unread_replies(1, days=1),
    HOURS: lambda access, it: access.hours.try_out(it.config.mailbox),
    DIRECTORY: lambda access, it: access.directory.addresses_of(it.config.mailbox),
}
"""A call for each scope that the jobs ask for; none changes anything."""
_WITHOUT = {
    HOURS: "people's working hours are the roster's alone.",
    DIRECTORY: "replies from addresses that are not on the roster wait for a person, and nobody is noticed whose "
    "account is suspended.",
}
"""What is left out where a scope is not granted that the jobs can do without."""


def _accounts(it: Examination) -> str:
    try:
        it.access(DIRECTORY).directory.closed()
    except GoogleError as error:
        raise NotLookedAt(
            f"suspended and deleted accounts are not noticed: {said(error)} If they are to be, grant the scope "
            "admin.directory.user.readonly, and give the mailbox a role with the right Users, Read (Admin console, "
            "Account, Admin roles)."
        ) from error
    return "suspended and deleted accounts are noticed."


def _pace(it: Examination) -> str:
    refused = it.refusals()
    if refused:
        counted = ", ".join(f"{api}: {n}" for api, n in sorted(refused.items()))
        raise Ailment(
            f"Google refused calls as too many within a minute ({counted}), though Peerpact keeps to the limits that "
            "Google publishes. Use the project and the mailbox for nothing else; in the Cloud console (APIs & "
            "Services, Quotas) look for lower limits, and raise them."
        )
    return "no call was refused as coming too fast."


FIRST: dict[str, Check] = {"credentials": _credentials, "who we act as": _who}
CHECKS: dict[str, Check] = {
    "clock": _clock,
    **{f"scope {scope.rpartition('/')[2]}": partial(_scope, scope=scope) for scope in _HARMLESS},
    "accounts": _accounts,
}
LAST: dict[str, Check] = {"quota a minute": _pace}
