"""The sentences of letters in each language, from its ``letters.po``."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from peerpact.programme import languages

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_GAP = re.compile(r"(?<=\w) (?=…)|(?<=\b1) (?=%\()")
"""Before what is to be filled in, and within an answer such as “1 done”: no line ends there."""


def translations(language: str) -> Translations:
    """Return a language's translations; without a ``letters.po``, English as the templates have it."""
    return _translations(languages.FOLDER / language, languages.words(language)["locale"])


class _Typeset(Translations):
    """Translations, or English as the templates have it, set as printers do."""

    def gettext(self, message: str) -> str:
        return _typeset(super().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _typeset(super().ngettext(msgid1, msgid2, n))

    ugettext, ungettext = gettext, ngettext  # by these names jinja asks first


def _typeset(text: str) -> str:
    return _GAP.sub("\u00a0", _APOSTROPHE.sub("’", text))


def our_sentences() -> list[str]:
    """Return the fixed sentences of all letters in all languages, so that they are known again in quotes."""
    found: set[str] = set()
    for language in languages.codes():
        for ours, theirs in _messages(language).items():
            found |= {_filled(ours, languages.FALLBACK), _filled(theirs, language)}
    return sorted(text for text in found if text.strip())


def _filled(text: str, language: str) -> str:
    """Return a sentence with the words that it offers as answers, and gaps for what else is filled in."""
    buttons = languages.words(language)["buttons"]
    words = buttons | {"another": buttons["another partner"], "later": buttons["not yet"]}
    return re.sub(r"%\((\w+)\)s", lambda gap: words.get(gap[1], " "), text)


def side_by_side() -> list[dict[str, str]]:
    """Return every sentence of letters with its translations, one row a sentence, by language code."""
    others = [code for code in languages.codes() if code != languages.FALLBACK]
    known = {code: _messages(code) for code in others}
    sentences = dict.fromkeys(text for messages in known.values() for text in messages)
    return [
        {languages.FALLBACK: text} | {code: known[code].get(text, "") for code in others}
        for text in sentences
    ]


@cache
def _translations(folder: Path, locale: str) -> Translations:
    catalogue = _catalogue(folder, locale)
    if catalogue is None:
        return _Typeset()
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return _Typeset(binary)


def _messages(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for entry in _catalogue(languages.FOLDER / language, languages.words(language)["locale"]) or ():
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        texts.update({str(i): str(s) for i, s in zip(ids, strings, strict=False) if i})
    return texts


@cache
def _catalogue(folder: Path, locale: str) -> Catalog | None:
    path = folder / "letters.po"
    if not path.exists():
        return None
    with path.open("rb") as source:
        return read_po(source, locale=locale)
