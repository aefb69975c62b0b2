"""Letters: what each says as a value, and how it becomes subject, text and HTML in somebody's language.

A letter class has a folder of the same name in templates/ (CamelCase and snake_case). Templates see the letter's
fields and the few filters below; a word they don't know is an error. That letters leave once is the outbox's affair.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from peerpact.errors import LetterError
from peerpact.programme.commitments import Outcome
from peerpact.programme.people import Person
from peerpact.resources import folder

LANGUAGES = ("en", "de", "fr", "es")
BUTTON_WORDS = {
    "en": {"kept": "done", "partly": "partly", "not yet": "not yet", "dropped": "dropped", "pause": "pause"},
    "de": {
        "kept": "erledigt",
        "partly": "teilweise",
        "not yet": "noch nicht",
        "dropped": "verworfen",
        "pause": "Pause",
    },
    "fr": {
        "kept": "fait",
        "partly": "en partie",
        "not yet": "pas encore",
        "dropped": "abandonné",
        "pause": "pause",
    },
    "es": {
        "kept": "hecho",
        "partly": "en parte",
        "not yet": "todavía no",
        "dropped": "descartado",
        "pause": "pausa",
    },
}
"""What a reply button writes into the answer; the reader of replies knows these words."""


WRITTEN_BY_PEOPLE = {
    "commitments",
    "partner_open",
    "partner_news",
    "outcomes",
    "reworded",
    "new_commitments",
}
"""Fields of letters that hold what somebody wrote: a mail programme must not make links of it."""
_LINK_SIGN = re.compile(r"(?<=[^\W_])[.:@](?=[^\W_]|//)|(?<=/)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: the programme's name, its mailbox, whom to ask, and the company."""

    programme_name: str
    mailbox: str
    contact: str
    company: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTime:
    """When the first meeting is (aware, UTC), and what letters say of it: at somebody's edge of day, not checked."""

    start: datetime
    end: datetime
    link: str = ""
    at_the_edge: bool = False
    unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Who the partner is, when they meet (None: they pick a time), the ground rules, how to say not now."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partners: tuple[Person, ...]
    meeting: MeetingTime | None
    ground_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The calendar event: its subject and description. Not an e-mail."""

    people: tuple[Person, ...]
    sender: Sender
    meeting: MeetingTime
    ground_rules: tuple[str, ...]
    starters: tuple[str, ...]
    next_meeting_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickATime:
    """Asks the pair to find a time themselves. ``why``: ``declined`` or ``no slot``."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partners: tuple[Person, ...]
    next_meeting_link: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLeft:
    """A kind word that the pairing has ended, and what comes next."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partner_names: tuple[str, ...]
    meeting_cancelled: bool = True
    """False: it is near, or they moved it themselves, so it stands until they delete it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRequest:
    """The day after the meeting: asks for one solid action."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partners: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Once a month: how did it go, what the partner promised, something for the next conversation."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partners: tuple[Person, ...]
    commitments: tuple[str, ...]
    partner_open: tuple[tuple[str, str, Outcome | None], ...]
    """First name, text, and how far they say it is."""
    partner_news: tuple[tuple[str, str, Outcome], ...]
    """First name, text, and what became of it."""
    question: str
    skill_prompt: str
    next_meeting_link: str
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """The one reminder of a letter that was left unanswered; without commitments it is about the request for one."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    partners: tuple[Person, ...]
    commitments: tuple[str, ...]
    partner_news: tuple[tuple[str, str, Outcome], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What was understood of a reply, and how to correct it."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    outcomes: tuple[tuple[str, Outcome], ...]
    reworded: tuple[tuple[str, str], ...] = ()
    """What was said before, and what is said now."""
    new_commitments: tuple[tuple[str, date], ...]
    requests: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """A reply that could not be read for certain: asks again, kindly, once."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The week in figures for admins; None stands for a figure about fewer than five people."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    figures: tuple[tuple[str, float | None], ...]
    waiting_for_approval: int
    problems: int
    requests: int
    needs_a_person: int


LETTERS: tuple[type, ...] = (
    Introduction,
    Invitation,
    PickATime,
    PartnerLeft,
    CommitmentRequest,
    FollowUp,
    Reminder,
    Acknowledgement,
    AskAgain,
    Digest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter in somebody's language."""

    subject: str
    text: str
    html: str


def render(letter: Any, *, language: str) -> Rendered:
    """Render a letter; a language without translation gets English.

    Raises:
        LetterError: a template is missing or uses a word that it does not have.
    """
    language = language if language in LANGUAGES else "en"
    name = folder_of(type(letter))
    words = {f.name: getattr(letter, f.name) for f in fields(letter)}
    words |= {name: _unlinked(words[name]) for name in WRITTEN_BY_PEOPLE & words.keys()}
    words["buttons"] = BUTTON_WORDS[language]
    try:
        parts = [
            _environment(language, html=html).get_template(f"{name}/{file}").render(words)
            for file, html in (("subject.txt", False), ("text.txt", False), ("html.html", True))
        ]
    except TemplateError as error:
        raise LetterError(f"The letter {name} can't be rendered in {language}: {error.message}.") from error
    subject, text, html = parts
    return Rendered(subject=_one_line(subject), text=_tidy(text), html=html.strip() + "\n")


def with_subject(rendered: Rendered, subject: str) -> Rendered:
    """Return a letter under the subject of the thread that it continues."""
    return replace(rendered, subject=_one_line(subject))


def message(
    rendered: Rendered,
    *,
    sender: Sender,
    to: Person,
    reply_to: str,
    key: str,
    in_reply_to: str = "",
    is_answer: bool = False,
) -> EmailMessage:
    """Return the e-mail: text and HTML, marked as automatic (RFC 3834) so that no machine answers it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(sender.programme_name, sender.mailbox)
    mail["To"] = _address(to.name, to.email)
    mail["Reply-To"] = _address(sender.programme_name, reply_to or sender.mailbox)
    mail["Subject"] = _one_line(rendered.subject)
    mail["Message-ID"] = (
        f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.mailbox.rpartition('@')[2]}>"
    )
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = _one_line(in_reply_to)
    mail["Auto-Submitted"] = "auto-replied" if is_answer else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail["X-Peerpact"] = _one_line(key)
    mail.set_content(rendered.text)
    mail.add_alternative(rendered.html, subtype="html")
    return mail


def next_meeting_link(people: tuple[Person, ...], sender: Sender, title: str) -> str:
    """Return a link that opens a prefilled invitation for these people in Google Calendar."""
    words = {
        "action": "TEMPLATE",
        "text": f"{title}: {' & '.join(p.first_name for p in people)}",
        "add": ",".join(p.email for p in people),
        "details": sender.programme_name,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(words)}"


def our_sentences() -> list[str]:
    """Return the fixed sentences of all letters in all languages, so that they are known again in quotes."""
    found = {text for language in LANGUAGES[1:] for pair in _messages(language).items() for text in pair}
    return sorted(re.sub(r"%\(\w+\)s", " ", text) for text in found if text.strip())


def folder_of(letter: type) -> str:
    """Return the template folder of a letter class: CamelCase in snake_case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", letter.__name__).lower()


@cache
def _environment(language: str, *, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=html,  # noqa: S701 - text letters are no HTML; HTML ones are escaped
        undefined=StrictUndefined,
        trim_blocks=html,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(_translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(
        language=language, mailto=_mailto, places=_places, agenda=_agenda, Outcome=Outcome
    )
    environment.filters.update(
        day=lambda d: format_date(d, "long", locale=language),
        when=lambda moment, zone: _when(moment, zone, language),
        clock=lambda moment, zone: format_time(moment, "short", tzinfo=ZoneInfo(zone), locale=language),
        city=lambda zone: _city(zone, language),
    )
    return environment


@cache
def _translations(language: str) -> Translations:
    if language == "en":
        return Translations()
    binary = BytesIO()
    with (folder("templates") / "translations" / f"{language}.po").open("rb") as source:
        write_mo(binary, read_po(source, locale=language))
    binary.seek(0)
    return Translations(binary)


@cache
def _messages(language: str) -> dict[str, str]:
    with (folder("templates") / "translations" / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    texts: dict[str, str] = {}
    for entry in catalogue:
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        texts.update({str(i): str(s) for i, s in zip(ids, strings, strict=False) if i})
    return texts


def _when(moment: datetime, zone: str, language: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    day = format_date(local.date(), "full", locale=language)
    return f"{day}, {format_time(local, 'short', tzinfo=ZoneInfo(zone), locale=language)} ({_city(zone, language)})"


def _city(zone: str, language: str) -> str:
    """Return a zone's place as people call it, such as Berlin or New York."""
    if zone.startswith("Etc/") or "/" not in zone:
        return "UTC"
    name = get_timezone_location(zone, locale=language, return_city=True)
    return name or zone.rpartition("/")[2].replace("_", " ")


def _places(people: tuple[Person, ...]) -> list[str]:
    """Return the distinct time zones of some people, in order."""
    return list(dict.fromkeys(p.time_zone for p in people))


def _agenda(meeting: MeetingTime) -> tuple[datetime, datetime, datetime, datetime]:
    """Return when the meeting begins, when roles switch, when each promises one thing, and when it ends."""
    closing = timedelta(minutes=5)
    half = (meeting.end - closing - meeting.start) / 2
    switch = meeting.start + timedelta(minutes=round(half.total_seconds() / 60))
    return meeting.start, switch, meeting.end - closing, meeting.end


def _mailto(address: str, subject: str, body: str) -> Markup:
    words = urlencode({"subject": subject, "body": body}, quote_via=quote)
    return Markup(f"mailto:{quote(address, safe='@+')}?{words}".replace("&", "&amp;"))  # noqa: S704 - percent-encoded


def _address(name: str, address: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=_one_line(address))


def _unlinked(value: Any) -> Any:
    """Return people's words with a word joiner, which nobody sees, wherever a mail programme would see a link."""
    if isinstance(value, tuple):
        return tuple(_unlinked(part) for part in value)
    if isinstance(value, str) and not isinstance(value, Outcome):
        return _LINK_SIGN.sub(lambda sign: sign[0] + "\u2060", value)
    return value


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


def _tidy(text: str) -> str:
    """Return text with at most one empty line in a row, none between the items of a list, and long lines wrapped."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    single = re.sub(r"\n{3,}", "\n\n", lines)
    items = re.sub(r"^((?:\*|\d+\.) [^\n]*)\n\n(?=(?:\*|\d+\.) )", r"\1\n", single, flags=re.MULTILINE)
    return "\n".join(_wrapped(line) for line in items.splitlines()) + "\n"


def _wrapped(line: str) -> str:
    """Wrap a line at 76 characters, but never inside a word or link; an item's further lines are indented."""
    indent = "  " if line.startswith("* ") else ""
    return (
        textwrap.fill(line, 76, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        or ""
    )
