"""How a letter becomes subject, text and HTML in somebody's language.

Templates see the letter's fields and the few filters below; a word they don't know is an error.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from peerpact.errors import LetterError
from peerpact.letters.kinds import Invitation, Letter, Sender, folder_of
from peerpact.letters.translations import translations
from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.people import Person
from peerpact.programme.replies.event_link import promise_subject
from peerpact.programme.replies.list_unsubscribe import leaving_subject
from peerpact.programme.sentences import say
from peerpact.resources import folder

OPENING = 5
"""So many minutes of a meeting of 45 are for promises, at its beginning and again at its end."""
WRITTEN_BY_PEOPLE = {
    "offered",
    "commitments",
    "partner_open",
    "partner_news",
    "kept",
    "partner_kept",
    "carried",
    "outcomes",
    "reworded",
    "new_commitments",
    "ahead",
}
"""Fields of letters that hold what somebody wrote: a mail programme must not make links of it."""
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FIRST_WORD = re.compile(r"""(?:\s|<(?!p class="heading")[^>]*>)*([^\W\d_]+)""")
_LINK_SIGN = re.compile(r"(?<=[^\W_])[.:@](?=[^\W_]|//)|(?<=/)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter in somebody's language."""

    subject: str
    text: str
    html: str


def render(letter: Letter | Invitation, *, language: str) -> Rendered:
    """Render a letter; a language without translation gets English.

    Raises:
        LetterError: a template is missing or uses a word that it does not have.
    """
    language = language if language in languages.codes() else languages.FALLBACK
    name = folder_of(type(letter))
    words = {f.name: getattr(letter, f.name) for f in fields(letter)}
    words |= {name: _unlinked(words[name]) for name in WRITTEN_BY_PEOPLE & words.keys()}
    words["buttons"] = languages.words(language)["buttons"]
    words["ways"] = getattr(letter, "ways", ())
    try:
        parts = [
            _environment(language, html=html).get_template(f"{name}/{file}").render(words)
            for file, html in (("subject.txt", False), ("text.txt", False), ("html.html", True))
        ]
    except TemplateError as error:
        raise LetterError(
            say(
                "The mail “{name}” can't be written in the language {language}: {why}.",
                name=name,
                language=language,
                why=error.message,
            )
        ) from error
    subject, text, html = parts
    if isinstance(letter, Letter) and letter.to.name:
        greeting, gap, rest = text.strip().partition("\n\n")
        text = f"{greeting}{gap}{_after_greeting(rest, language)}"
    return Rendered(subject=one_line(subject), text=_tidy(text), html=html.strip() + "\n")


def _after_greeting(text: str, language: str) -> str:
    """Return what follows the greeting as the language begins it: in German small, where that word is no noun."""
    first, small = _FIRST_WORD.match(text), languages.words(language).get("small after a greeting", ())
    if first is None or first[1].lower() not in small:
        return text
    at = first.start(1)
    return type(text)(f"{text[:at]}{text[at].lower()}{text[at + 1 :]}")


def with_subject(rendered: Rendered, subject: str) -> Rendered:
    """Return a letter under the subject of the thread that it continues."""
    return replace(rendered, subject=one_line(subject))


def next_meeting_link(people: tuple[Person, ...], sender: Sender, title: str) -> str:
    """Return a link that opens a prefilled invitation for these people in Google Calendar.

    Our mailbox is a guest, too, so that we know of their meeting and book none beside it.
    """
    words = {
        "action": "TEMPLATE",
        "text": f"{title}: {_seen(' & '.join(p.first_name for p in people))}",
        "add": ",".join([*(p.email for p in people), sender.mailbox]),
        "details": sender.programme_name,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(words)}"


def leaving_link(letter: Letter, *, language: str) -> str:
    """Return a link that leaves the programme by its subject alone: mail programs fill in a body of their own."""
    if not letter.ways:
        return ""
    subject = leaving_subject(languages.words(language)["buttons"]["stop"], letter.reference)
    return f"mailto:{quote(letter.reply_to or letter.sender.mailbox, safe='@+')}?subject={quote(subject)}"


def _seen(value: Any) -> Any:
    """Return what a template writes without direction marks and characters that nobody sees, Markup as Markup.

    One in a name or a promise would turn round or hide what follows. Joiners stay: scripts and our own links need them.
    """
    return type(value)(_UNSEEN.sub("", value)) if isinstance(value, str) else value


@cache
def _environment(language: str, *, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=html,  # noqa: S701 - text letters are no HTML; HTML ones are escaped
        undefined=StrictUndefined,
        trim_blocks=html,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=_seen,
        auto_reload=False,
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    locale = languages.words(language)["locale"]
    environment.globals.update(
        language=language,
        mailto=_mailto,
        agenda=_agenda,
        Outcome=Outcome,
        promise_by=_promise_by(language),
        promise_subject=promise_subject,
        pause_until_words=_pause_until(language),
    )
    environment.filters.update(
        listed=lambda names: _listed([*names], language),
        after_greeting=lambda text: _after_greeting(text, language),
        day=lambda d: _day(d, "long", language),
        when=lambda moment, zone: _when(moment, zone, language),
        city=lambda zone: _city(zone, locale),
    )
    return environment


def _promise_by(language: str) -> Callable[[date | None], str]:
    """Return what writes the beginning of a promise into an answer, with the day by which it may be kept."""
    words = languages.words(language)

    def begun(day: date | None) -> str:
        if day is None:
            return str(words["buttons"]["promise"])
        return str(words["buttons"]["promise by"]).format(day=_day(day, "long", language))

    return begun


def _pause_until(language: str) -> Callable[[date, date | None], str]:
    """Return what writes a pause with its end into an answer."""
    words = languages.words(language)

    def written(day: date, first: date | None = None) -> str:
        button = words["buttons"]["pause between" if first else "pause until"]
        said = {"first": _day(first, "long", language)} if first else {}
        return str(button).format(day=_day(day, "long", language), **said)

    return written


def _listed(names: Sequence[str], language: str) -> str:
    """Return names in one line; a language's "and" may sound like what follows it, and is changed then."""
    words = languages.words(language)
    text, rule = format_list(names, locale=words["locale"]), words.get("and before a sound")
    if rule is None or len(names) < 2 or not re.match(rule["before"], names[-1], re.IGNORECASE):
        return text
    return text.removesuffix(f"{rule['and']} {names[-1]}") + f"{rule['becomes']} {names[-1]}"


def _day(day: date, length: Literal["long", "full"], language: str) -> str:
    """Return a day in words; where a language has a word of its own for the first of a month, with that."""
    words = languages.words(language)
    text = format_date(day, length, locale=words["locale"])
    return (
        re.sub(r"\b1\b", words["first of a month"], text, count=1)
        if day.day == 1 and "first of a month" in words
        else text
    )


def _when(moment: datetime, zone: str, language: str) -> str:
    local, locale = moment.astimezone(ZoneInfo(zone)), languages.words(language)["locale"]
    day = _day(local.date(), "full", language)
    return (
        f"{day}, {format_time(local, 'short', tzinfo=ZoneInfo(zone), locale=locale)} ({_city(zone, locale)})"
    )


def _city(zone: str, locale: str) -> str:
    """Return a zone's place as people call it, such as Berlin or New York."""
    if zone.startswith("Etc/") or "/" not in zone:
        return "UTC"
    name = get_timezone_location(zone, locale=locale, return_city=True)
    return name or zone.rpartition("/")[2].replace("_", " ")


def _agenda(minutes: int, number: int) -> tuple[int, int, int]:
    """Return after how many minutes of a meeting one begins to speak, roles switch, and each promises one thing.

    From the second meeting on, the first minutes are for the last promises.
    """
    begins = 0 if number == 1 else max(OPENING * minutes // 45, 1)
    ends = minutes - max(OPENING * minutes // 45, 1)
    return begins, begins + (ends - begins + 1) // 2, ends


def _mailto(address: str, subject: str, body: str) -> Markup:
    words = urlencode({"subject": subject, "body": body}, quote_via=quote)
    return Markup(f"mailto:{quote(address, safe='@+')}?{words}".replace("&", "&amp;"))  # noqa: S704 - percent-encoded


def _unlinked(value: Any) -> Any:
    """Return people's words with a word joiner, which nobody sees, wherever a mail programme would see a link."""
    if isinstance(value, tuple):
        return tuple(_unlinked(part) for part in value)
    if isinstance(value, str) and not isinstance(value, Outcome):
        return _LINK_SIGN.sub(lambda sign: sign[0] + "\u2060", value)
    return value


def one_line(text: str) -> str:
    return " ".join(str(text).split())


def _tidy(text: str) -> str:
    """Return text with at most one empty line in a row, none between the items of a list, and long lines wrapped."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    single = re.sub(r"\n{3,}", "\n\n", lines)
    items = re.sub(r"^((?:\*|\d+\.) [^\n]*)\n\n(?=(?:\*|\d+\.) )", r"\1\n", single, flags=re.MULTILINE)
    return "\n".join(_wrapped(line) for line in items.splitlines()) + "\n"


def _wrapped(line: str) -> str:
    """Wrap a line at 76 characters, but never inside a word or link; an item's further lines are indented."""
    if len(line) <= 76 and line.isprintable():  # most lines; wrapping makes spaces of some other signs
        return line
    indent = "  " if line.startswith("* ") else ""
    return (
        textwrap.fill(line, 76, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        or ""
    )
