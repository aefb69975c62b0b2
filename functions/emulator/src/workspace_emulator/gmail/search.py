"""Gmail's search language: a query is compiled into one predicate over message documents.

The operators understood are those in ``_OPERATORS``; as at Google, an unknown one is searched for as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workspace_emulator.gmail.words import normal_words

Document = Mapping[str, Any]
Predicate = Callable[[Document], bool]

# "All dates used in the search query are interpreted as midnight on that date in the PST timezone."
_GOOGLES_ZONE = ZoneInfo("America/Los_Angeles")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<minus>-(?=[^\s])) | (?P<open>[({]) | (?P<close>[)}]) |
        (?P<operator>[A-Za-z_][A-Za-z0-9_]*):(?=[^\s]) | "(?P<phrase>[^"]*)"? | (?P<word>[^\s(){}"]+)
    )""",
    re.VERBOSE,
)
_AGE = re.compile(r"(\d+)([hdmy])")
_PLACES = {"inbox", "sent", "trash", "spam", "draft", "drafts", "starred", "important", "unread", "chats"}
_OF_PEOPLE = ("from", "to", "cc", "bcc", "deliveredto")
_Token = tuple[str, str]
_OR = (("word", "OR"), ("word", "|"))
_NO_LABEL = "no label has this id"
_LABEL_OF_PLACE = {"drafts": "DRAFT", "chats": "CHAT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A compiled query. ``everywhere`` says that it asks for spam or trash itself."""

    matches: Predicate
    everywhere: bool
    labels: frozenset[str] = frozenset()
    """Labels that whatever matches has; an index finds it by them."""
    message_id: str | None = None
    """The Message-ID that whatever matches has, if the query asks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a query is compiled against.

    ``labels`` holds ids by ``label_key``, ``body_words`` the bodies' words by message id; ``me`` is the
    mailbox's own address.
    """

    labels: Mapping[str, str]
    body_words: Mapping[str, str]
    now: datetime
    me: str = ""


def compile_query(text: str, ground: Ground) -> Query:
    """Compile a query. Like Gmail, it never refuses one: what makes no sense finds little."""
    compiler = _Compiler(text, ground)
    labels, message_id = compiler.needed()
    return Query(
        matches=compiler.whole(), everywhere=compiler.everywhere, labels=labels, message_id=message_id
    )


def label_key(name: str) -> str:
    """Return a label's name as queries write it: lower case, spaces and slashes as dashes."""
    return re.sub(r"[ /]", "-", name.lower())


def _triples(tokens: list[_Token]) -> Iterator[tuple[_Token, _Token, _Token]]:
    none = ("", "")
    return zip([none, *tokens], tokens, [*tokens[1:], none], strict=False)


class _Compiler:
    def __init__(self, text: str, ground: Ground) -> None:
        self._tokens = [(str(m.lastgroup), m[str(m.lastgroup)] or "") for m in _TOKEN.finditer(text)]
        self._at = 0
        self._ground = ground
        self.everywhere = False

    def needed(self) -> tuple[frozenset[str], str | None]:
        """Return what every match certainly has: labels, and a Message-ID. Alternatives and brackets tell nothing."""
        labels: set[str] = set()
        message_id: str | None = None
        simple = not any(t[0] in ("open", "close") or t in _OR for t in self._tokens)
        for before, (kind, operator), (following, text) in _triples(self._tokens if simple else []):
            if (
                before[0] in ("minus", "operator")
                or kind != "operator"
                or following not in ("word", "phrase")
            ):
                continue
            if operator.lower() == "rfc822msgid":
                message_id = text.strip("<>")
            if operator.lower() in ("in", "is", "label") and text.lower() not in ("anywhere", "read"):
                labels.add(self._label(operator.lower(), text.lower()) or _NO_LABEL)
        return frozenset(labels), message_id

    def whole(self) -> Predicate:
        wanted = []
        while self._at < len(self._tokens):
            wanted.append(self._sequence("", None))
            self._at += 1  # a closing bracket that nothing opened
        return _all(wanted)

    def _sequence(self, closing: str, operator: str | None) -> Predicate:
        """Read up to a closing bracket. Inside braces any term is enough, else all are needed."""
        groups: list[list[Predicate]] = []
        joined = False
        while self._at < len(self._tokens) and self._tokens[self._at][0] != "close":
            if self._tokens[self._at] in _OR:
                joined = bool(groups)
                self._at += 1
                continue
            term = self._term(operator)
            if joined:
                groups[-1].append(term)
            else:
                groups.append([term])
            joined = False
        alternatives = [_any(g) for g in groups]
        return _any(alternatives) if closing == "}" else _all(alternatives)

    def _term(self, operator: str | None) -> Predicate:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "minus":
            return _not(self._term(operator)) if self._at < len(self._tokens) else _all([])
        if kind == "open":
            inner = self._sequence("}" if text == "{" else ")", operator)
            self._at += 1
            return inner
        if kind == "operator":
            return self._term(text.lower()) if self._at < len(self._tokens) else _all([])
        return self._operand(operator, text)

    def _operand(self, operator: str | None, text: str) -> Predicate:
        if operator in ("in", "is", "label", "category"):
            return self._place(operator, text)
        known = _OPERATORS.get(operator or "")
        if operator in _OF_PEOPLE and text.lower() == "me":
            text = self._ground.me
        if known:
            return known(text, self._ground.now)
        return self._words(f"{operator} {text}" if operator else text)

    def _place(self, operator: str, text: str) -> Predicate:
        name = text.lower()
        if operator != "category" and name in ("trash", "spam", "anywhere"):
            self.everywhere = True
        if name == "anywhere":
            return _everything
        if name == "read":
            return lambda document: "UNREAD" not in document["labelIds"]
        label = self._label(operator, name)
        return lambda document: label in document["labelIds"]

    def _label(self, operator: str, name: str) -> str | None:
        if operator == "category":
            return f"CATEGORY_{'PERSONAL' if name == 'primary' else name.upper()}"
        if name in _PLACES:
            return _LABEL_OF_PLACE.get(name, name.upper())
        return self._ground.labels.get(label_key(name))

    def _words(self, text: str) -> Predicate:
        phrase = normal_words(text)
        bodies = self._ground.body_words
        if not phrase:
            return _everything
        return lambda document: (
            any(phrase in words for words in document["words"].values())
            or phrase in bodies.get(document["id"], "")
            or phrase in document["filenames"]
        )


def _all(predicates: list[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]
    return lambda document: all(p(document) for p in predicates)


def _any(predicates: list[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]
    return lambda document: any(p(document) for p in predicates)


def _not(predicate: Predicate) -> Predicate:
    return lambda document: not predicate(document)


def _everything(_document: Document) -> bool:
    return True


def _nothing(_document: Document) -> bool:
    return False


def _header(*names: str) -> Callable[[str, datetime], Predicate]:
    def compiled(text: str, _now: datetime) -> Predicate:
        phrase = normal_words(text)
        return lambda document: bool(phrase) and any(phrase in document["words"][n] for n in names)

    return compiled


def _message_id(text: str, _now: datetime) -> Predicate:
    wanted = text.strip("<>")
    return lambda document: document["rfc822msgid"] == wanted


def _has(text: str, _now: datetime) -> Predicate:
    name = text.lower()
    if name == "attachment":
        return lambda document: document["hasAttachment"]
    if name == "userlabels":
        return lambda document: any(i.startswith("Label_") for i in document["labelIds"])
    if name == "nouserlabels":
        return lambda document: not any(i.startswith("Label_") for i in document["labelIds"])
    return _nothing


def _filename(text: str, _now: datetime) -> Predicate:
    phrase = normal_words(text)
    return lambda document: phrase in document["filenames"]


def _age(newer: bool) -> Callable[[str, datetime], Predicate]:
    def compiled(text: str, now: datetime) -> Predicate:
        match = _AGE.fullmatch(text.lower())
        if not match:
            return _nothing
        edge = int((now - _span(int(match[1]), match[2])).timestamp() * 1000)
        return lambda document: (document["internalDate"] >= edge) is newer

    return compiled


def _span(number: int, unit: str) -> timedelta:
    days = {"h": 1 / 24, "d": 1, "m": 30, "y": 365}[unit]
    return timedelta(days=min(number, 99_999) * days)


def _date(after: bool) -> Callable[[str, datetime], Predicate]:
    def compiled(text: str, _now: datetime) -> Predicate:
        edge = _edge(text)
        if edge is None:
            return _nothing
        return lambda document: (document["internalDate"] >= edge) is after

    return compiled


def _edge(text: str) -> int | None:
    if text.isdigit() and len(text) > 8:
        return int(text[:12]) * 1000
    for form in ("%Y/%m/%d", "%Y-%m-%d", "%m/%d/%Y"):
        try:
            return int(datetime.strptime(text, form).replace(tzinfo=_GOOGLES_ZONE).timestamp() * 1000)
        except ValueError:
            continue
    return None


def _size(larger: bool) -> Callable[[str, datetime], Predicate]:
    def compiled(text: str, _now: datetime) -> Predicate:
        match = re.fullmatch(r"(\d{1,12})([km]?)b?", text.lower())
        if not match:
            return _nothing
        edge = int(match[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[match[2]]
        return lambda document: (document["size"] > edge) is larger

    return compiled


_OPERATORS: dict[str, Callable[[str, datetime], Predicate]] = {
    "from": _header("from"),
    "to": _header("to", "cc", "bcc"),
    "cc": _header("cc"),
    "bcc": _header("bcc"),
    "deliveredto": _header("delivered-to"),
    "list": _header("list-id"),
    "subject": _header("subject"),
    "rfc822msgid": _message_id,
    "has": _has,
    "filename": _filename,
    "newer_than": _age(newer=True),
    "older_than": _age(newer=False),
    "after": _date(after=True),
    "newer": _date(after=True),
    "before": _date(after=False),
    "older": _date(after=False),
    "larger": _size(larger=True),
    "size": _size(larger=True),
    "smaller": _size(larger=False),
}
