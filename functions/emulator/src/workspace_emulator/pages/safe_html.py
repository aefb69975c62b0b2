"""HTML that others wrote, made fit to be shown: no scripts, no requests to anywhere, links kept on this machine.

A letter goes into a sandboxed frame under a policy that forbids loading; an event's description, which stands in
the page itself, is reduced to a short list of harmless tags.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_GONE = (
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "link",
    "meta",
    "base",
    "svg",
    "math",
    "template",
    "noscript",
)
_INLINE = frozenset({"a", "b", "i", "u", "s", "em", "strong", "br", "span", "code"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr"})
_TABLES = frozenset({"table", "tbody", "thead", "tr", "td", "th"})
_PLAIN_TAGS = _INLINE | _BLOCKS | _TABLES
_STYLE = """
  body { margin: 0; padding: 4px 16px 16px; font: 14px/1.55 Roboto, "Segoe UI", system-ui, sans-serif; color: #1d2a30;
    overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; } a { color: #1f6f64; } table { max-width: 100%; }
"""


def letter_document(html: str, *, user: str, pictures: Mapping[str, str]) -> str:
    """Return a whole document for a frame's ``srcdoc``: the letter without anything that acts or loads."""
    soup = BeautifulSoup(html, "html.parser")
    _remove_dangers(soup)
    for image in soup.find_all("img"):
        _show_or_name(image, pictures)
    for link in soup.find_all(["a", "area"]):
        _point(link, user)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_POLICY}"><style>{_STYLE}</style></head><body>{soup}</body></html>'
    )


def plain_prose(html: str, *, user: str) -> str:
    """Return a description reduced to harmless tags; text without any tags keeps its line breaks and links."""
    if not re.search(r"<[a-zA-Z/][^>]*>", html):
        html = _linked(escape(html)).replace("\n", "<br>")
    soup = BeautifulSoup(html, "html.parser")
    _remove_dangers(soup)
    for tag in soup.find_all(True):
        if tag.name not in _PLAIN_TAGS:
            tag.unwrap()
        else:
            for name in set(tag.attrs) - {"href"}:
                del tag.attrs[name]
    for link in soup.find_all(["a", "area"]):
        _point(link, user)
    return str(soup)


def local_address(href: str, user: str) -> str | None:
    """Return the page here that stands for a link to Google or a ``mailto:``; None for any other link."""
    parts = urlsplit(href.strip())
    if parts.scheme.lower() == "mailto":
        return _compose(parts.path, parts.query, user)
    query = parse_qs(parts.query)
    if parts.netloc == "docs.google.com" and parts.path.startswith("/spreadsheets/d/"):
        return f"/spreadsheets/{parts.path.split('/')[3]}"
    if parts.netloc in ("calendar.google.com", "www.google.com") and parts.path.startswith("/calendar"):
        return _calendar(query, user)
    return None


def _compose(to: str, query: str, user: str) -> str:
    fields = {k.lower(): v[0] for k, v in parse_qs(query.replace("+", "%2B")).items()}
    kept = {k: fields[k] for k in ("cc", "subject", "body") if k in fields}
    filled = {"to": ",".join(filter(None, [unquote(to), fields.get("to", "")]))} | kept
    return f"/mail/{quote(user)}/compose?" + urlencode(filled, quote_via=quote)


def _calendar(query: Mapping[str, list[str]], user: str) -> str | None:
    if "TEMPLATE" in query.get("action", ()):
        kept = {
            k: v[0] for k, v in query.items() if k in ("text", "dates", "details", "add", "location", "ctz")
        }
        return f"/calendars/{quote(user)}?" + urlencode({"new": "1", **kept}, quote_via=quote)
    if "eid" in query:
        eid = query["eid"][0]
        event = base64.urlsafe_b64decode(eid + "=" * (-len(eid) % 4)).decode(errors="replace").split(" ")[0]
        return f"/calendars/{quote(user)}?" + urlencode({"event": event})
    return None


def _remove_dangers(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    for tag in soup.find_all(_GONE):
        tag.decompose()
    for tag in soup.find_all(True):
        for name in [
            n for n in tag.attrs if n.lower().startswith("on") or n.lower() in ("srcset", "background")
        ]:
            del tag.attrs[name]


def _show_or_name(image: Tag, pictures: Mapping[str, str]) -> None:
    source = str(image.get("src", ""))
    if source.startswith("cid:") and source[4:] in pictures:
        image["src"] = pictures[source[4:]]
    elif not source.startswith("data:image/"):
        image.replace_with(str(image.get("alt", "")))


def _point(link: Tag, user: str) -> None:
    """Send a link to the page here that it means, or to a new tab; take away every other kind."""
    href = str(link.get("href", ""))
    here = local_address(href, user)
    if here:
        link["href"], link["target"] = here, "_top"
    elif urlsplit(href).scheme in ("http", "https"):
        link["target"], link["rel"] = "_blank", "noopener noreferrer"
    elif link.has_attr("href"):
        del link.attrs["href"]


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s<]+[^\s<.,;:!?)]", lambda m: f'<a href="{m[0]}">{m[0]}</a>', text)
