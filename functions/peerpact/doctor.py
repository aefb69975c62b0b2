"""``peerpact doctor``: one finding per check of an installation, each green or a sentence with the fix.

Nothing that people see is changed. It writes one letter to the mailbox itself, one event without guests that it
cancels, and one lease that it gives back; what Google does not document is tried out with them.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property, partial

from peerpact.config import Config
from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.credentials import COMPOSE, DIRECTORY, EVENTS, FREE_BUSY, METADATA, MODIFY
from peerpact.google.doors import Doors
from peerpact.google.mail import KEY_HEADER, Mail
from peerpact.jobs.table import JOBS
from peerpact.programme.keys import event_id
from peerpact.programme.replies.sender import Verdict, vouched_for
from peerpact.tables.schema import tabs_of

MOST_SECONDS_APART = 60
"""Tokens are refused when a machine's clock is minutes off; dates and reminders are wrong before that."""
SENT_PER_DAY = 2000
"""Gmail's limit in 24 hours (support.google.com/a/answer/166852)."""
SAMPLE = 20
"""So many people's calendars are asked for."""
PATIENCE = (1, 2, 4, 8, 15, 30)
"""Seconds between looks for the letter to itself."""
TITLES = {"programme": "the programme spreadsheet", "ledger": "the ledger"}

OpenDoors = Callable[[Sequence[str]], Doors]
Check = Callable[["Installation"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found: green, or what is wrong and what mends it."""

    check: str
    is_good: bool
    words: str


class Ailment(PeerpactError):  # noqa: N818 - named after what was found
    """A check found something wrong; the message is the sentence with the fix."""


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What is examined, and with what. ``accounts`` are the jobs' own, ``ledger_accounts`` those for the ledger."""

    config: Config
    open_doors: OpenDoors
    clock: Callable[[], datetime]
    accounts: tuple[str, ...] = ()
    ledger_accounts: tuple[str, ...] = ()
    with_letter: bool = True
    pause: Callable[[float], object] = time.sleep

    @cached_property
    def mail(self) -> Doors:
        return self.open_doors([MODIFY])

    @cached_property
    def owner(self) -> Doors:
        """Both spreadsheets as the mailbox, which owns them."""
        return self.open_doors([])


def examine(it: Installation) -> Iterator[Finding]:
    """Make every check in turn; stops after the first two when we can't act, or act as somebody else."""
    first: dict[str, Check] = {"credentials": _credentials, "who we act as": _who}
    for name, check in first.items():
        finding = _looked_at(name, check, it)
        yield finding
        if not finding.is_good:
            return
    for name, check in _checks().items():
        yield _looked_at(name, check, it)
    if it.with_letter:
        yield from _letter(it)


def _looked_at(name: str, check: Check, it: Installation) -> Finding:
    try:
        return Finding(check=name, is_good=True, words=check(it))
    except PeerpactError as error:
        return Finding(check=name, is_good=False, words=str(error))


def _checks() -> Mapping[str, Check]:
    return {
        "clock": _clock,
        **{f"scope {scope.rpartition('/')[2]}": partial(_scope, scope=scope) for scope in _HARMLESS},
        **{f"{kind} spreadsheet": partial(_spreadsheet, kind=kind) for kind in TITLES},
        **{f"{kind} shared": partial(_shared, kind=kind) for kind in TITLES},
        "one atomic batch": _atomic,
        "calendar": _calendar,
        "free/busy": _free_busy,
        "labels": _labels,
        "lease bucket": _lease,
        "quota": _quota,
    }


def _credentials(it: Installation) -> str:
    try:
        it.mail.mailbox.address()
    except GoogleError as error:
        if error.status in {401, 403}:
            raise Ailment(
                f"Nobody lets us into the mailbox {it.config.mailbox}: {_said(error)} You, or the account "
                "that runs this, need the role peerpactSignJwt on the delegate account, and the Admin "
                "console must list the delegate's client id with every scope of “terraform "
                "output”. With a refresh token: consent anew."
            ) from error
        raise
    return "there are credentials, and Google accepts them."


def _who(it: Installation) -> str:
    address = it.mail.mailbox.address()
    if address != it.config.mailbox:
        raise Ailment(
            f"We act as {address}, not as {it.config.mailbox}. Nothing else was tried. Set PEERPACT_MAILBOX "
            "to the mailbox's own address (not an alias), or let that mailbox consent."
        )
    return f"we act as {address}."


def _clock(it: Installation) -> str:
    google = it.mail.google_time()
    apart = round(abs((it.clock() - google).total_seconds()))
    if apart > MOST_SECONDS_APART:
        raise Ailment(
            f"This machine's clock and Google's are {apart} seconds apart (Google says {google:%Y-%m-%d %H:%M:%S} "
            "UTC). Let the machine set its clock from the network, and unset PEERPACT_TIME."
        )
    return f"{apart} seconds apart from Google's."


def _scope(it: Installation, scope: str) -> str:
    try:
        _HARMLESS[scope](it.open_doors([scope]), it)
    except GoogleError as error:
        if error.status not in {400, 401, 403}:
            raise
        if scope == DIRECTORY:
            return "not granted; replies from addresses that are not on the roster wait for a person."
        jobs = ", ".join(name for name, job in JOBS.items() if scope in job.mailbox_scopes)
        raise Ailment(
            f"{scope} is not granted; {jobs} can't work without it. Add exactly this scope to the delegate's "
            "client id in the Admin console (Security, API controls, Domain-wide delegation) and wait up to "
            f"a day, or consent anew. Google says: {_said(error)}"
        ) from error
    return "granted."


_HARMLESS: Mapping[str, Callable[[Doors, Installation], object]] = {
    EVENTS: lambda doors, it: doors.calendar.ours(it.clock()),
    FREE_BUSY: lambda doors, it: doors.calendar.free_busy(
        [it.config.mailbox], it.clock(), it.clock() + timedelta(hours=1)
    ),
    COMPOSE: lambda doors, _: doors.mailbox.address(),
    METADATA: lambda doors, _: doors.mailbox.address(),
    MODIFY: lambda doors, _: doors.mailbox.address(),
    DIRECTORY: lambda doors, it: doors.directory.addresses_of(it.config.mailbox),
}
"""A call for each scope that the jobs ask for; none changes anything."""


def _key(it: Installation, kind: str) -> str:
    return it.config.programme_spreadsheet if kind == "programme" else it.config.ledger_spreadsheet


def _spreadsheet(it: Installation, kind: str) -> str:
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
    return f"there, with its {len(tabs_of(kind))} tabs up to date."


def _shared(it: Installation, kind: str) -> str:
    wanted = {a.lower() for a in (it.accounts if kind == "programme" else it.ledger_accounts)}
    variable = "PEERPACT_ACCOUNTS" if kind == "programme" else "PEERPACT_LEDGER_ACCOUNTS"
    missing = sorted(wanted - it.owner.spreadsheets.editors(_key(it, kind)))
    if missing:
        raise Ailment(
            f"{TITLES[kind].capitalize()} is not shared with {', '.join(missing)}. Run "
            f"“peerpact init” with {variable} "
            "set, as “terraform output” gives it."
        )
    if kind == "ledger" and wanted:
        others = sorted(it.owner.spreadsheets.readers(_key(it, kind)) - wanted - {it.config.mailbox})
        if others:
            raise Ailment(
                f"The ledger is shared with {', '.join(others)}, who can read what people promised. Open it "
                f"as {it.config.mailbox}, choose Share, and take them off."
            )
    if not wanted:
        return f"not looked at: {variable} is not set."
    return f"with {len(wanted)} accounts of jobs."


def _atomic(it: Installation) -> str:
    if not it.owner.spreadsheets.try_twice(it.config.programme_spreadsheet):
        raise Ailment(
            "Google Sheets took the same named range twice. Two runs at once could then write a row twice: "
            "pause the schedules, and tell Peerpact's makers."
        )
    return "Sheets refuses a batch that was sent already."


def _calendar(it: Installation) -> str:
    calendar = it.open_doors([EVENTS]).calendar
    start = it.clock().replace(microsecond=0) + timedelta(days=365)
    body = {
        "id": event_id("doctor", secrets.token_hex(8)),
        "summary": "Peerpact doctor: cancelled at once",
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(minutes=5)).isoformat()},
        "transparency": "transparent",
    }
    try:
        calendar.insert(body)
        again = calendar.insert(body)
        calendar.cancel(again["id"])
        gone = calendar.insert(body)
    except GoogleError as error:
        if error.status not in {401, 403, 404}:
            raise
        raise Ailment(
            f"{it.config.mailbox} can't write to its own calendar: {_said(error)} Switch Calendar on for the "
            "mailbox in the Admin console, and sign in to it once."
        ) from error
    if again["status"] == "cancelled" or gone["status"] != "cancelled":
        raise Ailment(
            "Calendar made one event twice, or brought a cancelled one back. Pause book_first_meetings, and "
            "tell Peerpact's makers."
        )
    return "writable; an event is made once, and stays cancelled."


def _free_busy(it: Installation) -> str:
    sample = _people(it)[:SAMPLE]
    now = it.clock()
    found = it.open_doors([FREE_BUSY]).calendar.free_busy(sample, now, now + timedelta(days=1))
    hidden = [address for address in sample if found[address] is None]
    if hidden:
        raise Ailment(
            f"The free/busy times of {len(hidden)} of {len(sample)} people can't be read ({', '.join(hidden[:3])}). "
            "They are asked to find a time themselves. Check the addresses on Roster; in the Admin console "
            "let colleagues see free/busy (Calendar, Sharing settings)."
        )
    return f"readable for {len(sample)} people of the roster."


def _labels(it: Installation) -> str:
    missing = it.mail.mailbox.missing_labels()
    if missing:
        raise Ailment(
            f"The mailbox lacks the labels {', '.join(missing)}. Run “peerpact init”, which makes them."
        )
    return "there."


def _lease(it: Installation) -> str:
    if not it.config.lease_bucket:
        return "none configured: right on a laptop, wrong in the cloud (PEERPACT_LEASE_BUCKET)."
    leases = it.owner.leases
    assert leases is not None
    try:
        lease = leases.take("doctor", "doctor", now=it.clock(), length=timedelta(minutes=1))
        if lease:
            leases.give_back(lease)
    except GoogleError as error:
        raise Ailment(
            f"The bucket {it.config.lease_bucket} can't be written to: {_said(error)} Check "
            "PEERPACT_LEASE_BUCKET; the account that runs this needs the role Storage Object User on it."
        ) from error
    return "writable."


def _quota(it: Installation) -> str:
    sent = it.mail.mailbox.count_sent()
    people = len(_people(it))
    if sent + people > SENT_PER_DAY:
        raise Ailment(
            f"The mailbox sent {sent} mails within a day and there are {people} people; Gmail sends {SENT_PER_DAY} "
            "a day. Lower “Most letters per run” in Settings, and use the mailbox for nothing else."
        )
    return f"{sent} of {SENT_PER_DAY} mails sent within a day, {people} people on the roster."


def _people(it: Installation) -> list[str]:
    book = it.owner.owned_programme
    book.read(["Roster"])
    return sorted({str(row["email"]) for row in book.contents("Roster").rows})


def _letter(it: Installation) -> Iterator[Finding]:
    """Send a letter to a plus-address of the mailbox, and look at what arrives."""
    key = f"doctor:{secrets.token_hex(8)}"
    names = ("letter to itself", "a draft is sent once", "Message-ID", "own header", "Authentication-Results")
    try:
        letter, once, came = _sent_to_itself(it, key)
    except PeerpactError as error:
        yield Finding(check=names[0], is_good=False, words=str(error))
        return
    checks: tuple[Check, ...] = (
        lambda _: "arrived at a plus-address of the mailbox.",
        partial(_draft, once=once),
        partial(_message_id, letter=letter, came=came),
        partial(_own_header, key=key, came=came),
        partial(_vouched, came=came),
    )
    for name, check in zip(names, checks, strict=True):
        yield _looked_at(name, check, it)


def _sent_to_itself(it: Installation, key: str) -> tuple[EmailMessage, bool, Mail]:
    """Return the letter, whether its draft could be sent only once, and the mail that came."""
    letter, since, mailbox = (
        _letter_to_itself(it.config, key),
        it.clock() - timedelta(minutes=10),
        it.mail.mailbox,
    )
    draft = mailbox.create_draft(letter)
    mailbox.send_draft(draft)
    once = mailbox.send_draft(draft) is None
    for seconds in (0, *PATIENCE):
        it.pause(seconds)
        came = mailbox.arrived(letter, since)
        if came:
            mailbox.trash(came.message_id)
            return letter, once, came
    raise Ailment(
        f"A letter to {letter['To']} did not arrive within a minute. Replies to letters go to such "
        "plus-addresses: in the Admin console look for a routing rule or a filter that "
        "rejects them, then run the doctor again."
    )


def _letter_to_itself(config: Config, key: str) -> EmailMessage:
    name = config.mailbox.partition("@")[0]
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"], letter["To"] = config.mailbox, f"{name}+{key.replace(':', '.')}@{config.domain}"
    letter["Subject"] = "Peerpact doctor: a letter to itself"
    letter["Message-ID"] = f"<{key.replace(':', '.')}@{config.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter[KEY_HEADER] = key
    letter.set_content(
        "“peerpact doctor” wrote this to see how Gmail delivers. It is on its way to the bin.\n"
    )
    return letter


def _draft(_: Installation, once: bool) -> str:
    if not once:
        raise Ailment(
            "Gmail sent one draft twice, so people could get a letter twice. Pause the schedules, and tell "
            "Peerpact's makers."
        )
    return "the second time Gmail finds no draft."


def _message_id(_: Installation, letter: EmailMessage, came: Mail) -> str:
    if message_from_bytes(came.raw)["Message-ID"] == letter["Message-ID"]:
        return "kept as we gave it."
    return "replaced by Gmail: replies are told by their address and thread instead; nothing to do."


def _own_header(_: Installation, key: str, came: Mail) -> str:
    if message_from_bytes(came.raw)[KEY_HEADER] != key:
        raise Ailment(
            f"Gmail took away the header {KEY_HEADER}, by which a letter that a crash left behind is found "
            "again. In the Admin console look for a compliance rule that strips headers (Gmail, Compliance)."
        )
    return f"{KEY_HEADER} is kept."


def _vouched(it: Installation, came: Mail) -> str:
    verdict = vouched_for(message_from_bytes(came.raw), sender=it.config.mailbox)
    if verdict is Verdict.REFUSED:
        raise Ailment(
            "Gmail does not vouch for mail of your own domain (Authentication-Results without a pass). "
            "Replies would wait for a person. Set up DKIM and DMARC for the domain in the "
            "Admin console (Gmail, Authenticate email)."
        )
    if verdict is Verdict.SILENT:
        return "absent inside the domain, as foreseen: a reply must come to the address that its letter gave."
    return "pass, for mail inside the domain."


def _said(error: GoogleError) -> str:
    return str(error).rstrip(".") + "."
