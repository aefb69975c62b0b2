"""HTML that others wrote, made fit to be shown: no scripts, no requests to anywhere, links kept on this machine.

A letter goes into a sandboxed frame under a policy that forbids loading; an event's description, which is in
the page itself, is reduced to a short list of harmless tags.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import nh3

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_GONE = {
    "audio",
    "video",
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "svg",
    "math",
    "template",
    "noscript",
    "title",
}
_INLINE = {"a", "b", "i", "u", "s", "em", "strong", "br", "span", "code"}
_BLOCKS = {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr"}
_TABLES = {"table", "tbody", "thead", "tr", "td", "th"}
_LETTER_TAGS = nh3.ALLOWED_TAGS | {"style", "font", "tfoot"}
_LOOKS = {
    "style",
    "class",
    "id",
    "align",
    "valign",
    "width",
    "height",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
}
_LETTER_ATTRIBUTES = {
    "*": _LOOKS | {"role", "lang", "dir", "title", "color", "face", "size"},
    "a": {"href"},
    "area": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto", "cid", "data"}
_NEW_TAB = {"a": {"target": "_blank"}, "area": {"target": "_blank"}}
_ATTRIBUTES = r'(?: [\w-]+="[^"]*")*'
_STYLE = """
  body { margin: 0; padding: 4px 16px 16px; font: 14px/1.55 Roboto, "Segoe UI", system-ui, sans-serif; color: #1d2a30;
    overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; } a { color: #1f6f64; } table { max-width: 100%; }
"""
_IN_THE_DARK = """
  @media (prefers-color-scheme: dark) { html { background: #1c2424; } body { color: #e6ecec; } a { color: #6cc3b3; } }
"""
"""The page's own dark colours (pages.css), for letters that bring none of theirs: a letter with some expects white."""


def letter_document(html: str, *, user: str, pictures: Mapping[str, str]) -> str:
    """Return a whole document for a frame's ``srcdoc``: the letter without anything that acts or loads."""

    def pointed(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return _target(value, user)
        if tag == "img" and name == "src":
            return value if value.startswith("data:image/") else pictures.get(value.removeprefix("cid:"))
        return value

    clean = nh3.clean(
        re.sub(r"<(/?)body\b", r"<\1div", html, flags=re.IGNORECASE),  # so that it keeps its look
        tags=_LETTER_TAGS,
        clean_content_tags=_GONE,
        attributes=_LETTER_ATTRIBUTES,
        attribute_filter=pointed,
        url_schemes=_SCHEMES,
        set_tag_attribute_values=_NEW_TAB,
    )
    style = _STYLE if re.search(r"color|background", clean, re.IGNORECASE) else _STYLE + _IN_THE_DARK
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_POLICY}"><style>{style}</style></head><body>{_named(_in_place(clean))}</body></html>'
    )


def plain_prose(html: str, *, user: str) -> str:
    """Return a description reduced to harmless tags; text without any tags keeps its line breaks and links."""
    if not re.search(r"<[a-zA-Z/][^>]*>", html):
        html = _linked(escape(html)).replace("\n", "<br>")
    return _in_place(
        nh3.clean(
            html,
            tags=_INLINE | _BLOCKS | _TABLES,
            clean_content_tags=_GONE | {"style"},
            attributes={"a": {"href"}},
            attribute_filter=lambda _tag, name, value: _target(value, user) if name == "href" else value,
            url_schemes=_SCHEMES,
            set_tag_attribute_values=_NEW_TAB,
        )
    )


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


def _target(href: str, user: str) -> str | None:
    """Return the page here that a link means, or its own address in a new tab; any other kind leads nowhere."""
    return local_address(href, user) or (href if urlsplit(href).scheme in ("http", "https") else None)


def _in_place(clean: str) -> str:
    """Let links to pages here, which begin with a slash, open in this window; those to nowhere in none."""

    def placed(link: re.Match[str]) -> str:
        if ' href="' not in link[0]:
            return f"<{link[1]}>"
        return link[0].replace(' target="_blank"', ' target="_top"') if ' href="/' in link[0] else link[0]

    return re.sub(rf"<(a|area){_ATTRIBUTES}>", placed, clean)


def _named(clean: str) -> str:
    """Put its name in the place of each picture that would have to be fetched."""

    def name(image: re.Match[str]) -> str:
        alt = re.search(r' alt="([^"]*)"', image[0])
        return image[0] if ' src="' in image[0] else alt[1] if alt else ""

    return re.sub(rf"<img{_ATTRIBUTES}>", name, clean)


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s<]+[^\s<.,;:!?)]", lambda m: f'<a href="{m[0]}">{m[0]}</a>', text)
