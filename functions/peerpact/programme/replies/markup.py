"""From an HTML body to lines, with what mail programs mark as a quote marked as such. HTML is never passed on."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import lxml.html  # type: ignore[import-untyped]  # lxml ships no types
from lxml import etree

from peerpact.programme.replies.appearance import Look, hidden_classes, is_switched_off, look_of
from peerpact.programme.replies.clean_text import cleaned
from peerpact.programme.replies.quotes import Line

MOST_MARKUP = 400_000
_MOST_LINES = 3_000
_MOST_ELEMENTS = 25_000
_MOST_DOCUMENTS = 4

_DROPPED = frozenset(
    {
        "head",
        "style",
        "script",
        "title",
        "noscript",
        "template",
        "object",
        "svg",
        "select",
        "textarea",
        "iframe",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
    }
    | {
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
    }
    | {"table", "tbody", "thead", "tr", "ul"}
)
_PREFIXES = {"li": "- ", "td": " ", "th": " "}
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"})
_QUOTED_CLASS = re.compile(
    r"\b(?:yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|includetail|mail_quote|email_quote|moz-forward-container|yj6qo|quoted_content"
    r"|messageReplySection)\b"
)
_CITED_CLASS = re.compile(
    r"\b(?:gmail_quote|cite|protonmail_quote|yahoo|tutanota_quote|iosymail|quote|spark_quote|mimestream_quote|hey_quote)"
)
_SIGNATURE = re.compile(
    r"(?:^|[\s_-])signature(?:$|[\s_-])|gmail_signature|moz-signature|ms-outlook-mobile-signature|composer_signature|protonmail_signature|applemailsignature"
    r"|tutanota_signature|mailsignature|mobile-signature|spark_signature|messagesignaturesection",
    re.IGNORECASE,
)
_FENCE = re.compile(
    r"appendonsend|divrplyfwdmsg|outlookmessageheader|reference-message-container|mail-editor-reference-message|reply-intro|replyheader|isforwardcontent",
    re.IGNORECASE,
)
_RULED = re.compile(r"border:\s*none;\s*border-top:\s*solid\s+(?:#[0-9a-f]{6}|windowtext)", re.IGNORECASE)
_OWN_INDENT = re.compile(r"border:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def documents_of_markup(markup: str) -> tuple[list[Line], ...]:
    """Return the visible lines of each document: gateways put one of their own before or behind somebody's."""
    root = _parsed(markup[:MOST_MARKUP])
    if root is None:
        return ()
    documents = [root, *islice(root.itersiblings(), _MOST_DOCUMENTS - 1)]
    return tuple(_Page(hidden_classes(document)).lines_of(document) for document in documents)


def _parsed(markup: str) -> Any:
    parser = lxml.html.HTMLParser(
        huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return lxml.html.document_fromstring(cleaned_markup(markup).encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def cleaned_markup(markup: str) -> str:
    return markup.replace("\x00", "")


class _Page:
    """The lines built so far, while the tree is walked without recursion."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self._hidden_classes = hidden
        self._looks = [Look()]
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._quotes = 0
        self._hidden = 0
        self._pre = 0
        self._fence = False
        self._gap = False
        self._opened: list[tuple[bool, bool]] = []
        """For each open element, whether it hides and whether it quotes what is in it."""

    def lines_of(self, root: Any) -> list[Line]:
        for event, element in islice(etree.iterwalk(root, events=("start", "end")), 2 * _MOST_ELEMENTS):
            if event == "start":
                self._open(element)
            else:
                self._shut(element)
            if len(self._lines) >= _MOST_LINES:
                break
        self._break()
        return self._lines

    def _open(self, element: Any) -> None:
        tag = element.tag
        hides, quotes = _is_hidden(element, self._hidden_classes), _is_quote(element)
        self._opened.append((hides, quotes))
        self._looks.append(look_of(element, self._looks[-1]) if element.attrib else self._looks[-1])
        self._hidden += hides
        if tag in _BLOCKS or quotes:
            self._break()
            self._gap = self._gap or tag in _SPACED
        self._quotes += quotes
        if not self._hidden and _is_fence(element):
            self._break()
            self._fence = True
        if tag == "pre":
            self._pre += 1
        if tag == "br":
            self._break(even_empty=True)
        elif tag in _PREFIXES:
            self._say(_PREFIXES[tag])
        elif tag == "hr" and not self._hidden:
            self._add("_" * 20)
        elif tag == "img":
            self._say(_emoji(element))
        self._say(element.text)

    def _shut(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._break()
            self._gap = self._gap or tag in _SPACED
        self._looks.pop()
        hides, quotes = self._opened.pop()
        if quotes:
            self._break()
        self._quotes -= quotes
        self._hidden -= hides
        if tag == "pre":
            self._pre -= 1
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if not text or self._hidden or not self._looks[-1].is_visible:
            return
        if not self._pre:
            self._text.append(_SPACE.sub(" ", text))
            return
        first, *rest = text.split("\n")
        self._text.append(first)
        for line in rest:
            self._break(even_empty=True)
            self._text.append(line)

    def _break(self, *, even_empty: bool = False) -> None:
        raw = "".join(self._text)
        self._text.clear()
        text = cleaned(raw).rstrip() if self._pre else " ".join(cleaned(raw).split())
        if text:
            self._add(text)
        elif even_empty or "\xa0" in raw:
            self._add("")

    def _add(self, text: str) -> None:
        if text and self._gap and self._lines and self._lines[-1].text:
            self._lines.append(Line("", quoted=self._quotes > 0))
        self._gap = self._gap and not text
        self._lines.append(Line(text, quoted=self._quotes > 0 or text.startswith(">"), fence=self._fence))
        self._fence = False


def _names(element: Any) -> str:
    names = (element.get("class"), element.get("id"), element.get("name"))
    return " ".join(name for name in names if name)[:300]


def _is_hidden(element: Any, classes: frozenset[str]) -> bool:
    if element.tag in _DROPPED:
        return True
    if not element.attrib:
        return False
    if _SIGNATURE.search(_names(element)):
        return True
    return is_switched_off(element, classes) or element.get("data-marker") in {"__SIG_PRE__", "__SIG_POST__"}


def _is_quote(element: Any) -> bool:
    if element.tag == "includetail":
        return True
    if element.tag != "blockquote" and not element.attrib:
        return False
    names = _names(element)
    if element.tag == "blockquote":
        cited = (
            element.get("type") == "cite"
            or element.get("cite") is not None
            or bool(_CITED_CLASS.search(names))
        )
        return cited or not _OWN_INDENT.search((element.get("style") or "")[:300])
    return bool(_QUOTED_CLASS.search(names)) or (element.tag == "div" and element.get("name") == "quote")


def _is_fence(element: Any) -> bool:
    if element.tag not in {"div", "table", "hr", "td", "p", "span"}:
        return False
    return bool(_FENCE.search(_names(element))) or bool(_RULED.search((element.get("style") or "")[:300]))


def _emoji(element: Any) -> str:
    """The text that stands for a small picture, if it is an emoji."""
    text = element.get("alt") or ""
    return "" if len(text) > 8 or any(c.isascii() and c.isalnum() for c in text) else text
