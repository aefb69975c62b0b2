"""Languages by their names in many languages, and by codes; several in a cell."""

from __future__ import annotations

import re
from functools import lru_cache

from peerpact.programme import languages
from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import Cell, Unusable, is_error, lines, plain, shown, text
from peerpact.tables.cells.countries import country_code

KNOWN = {
    "englisch": "en",
    "deutsch": "de",
    "anglais": "en",
    "allemand": "de",
    "francais": "fr",
    "ingles": "en",
    "espanol": "es",
    "castellano": "es",
    "castilian": "es",
    "kastilisch": "es",
    "platt": "nds",
    "plattdeutsch": "nds",
    "hochdeutsch": "de",
    "schweizerdeutsch": "gsw",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "putonghua": "zh",
    "chinesisch": "zh",
    "mandarino": "zh",
    "serbokroatisch": "sh",
    "brasilianisch": "pt",
    "flemish": "nl",
    "flamisch": "nl",
    "flamand": "nl",
    "flamenco": "nl",
}
"""Known without loading the names of all languages, or not to the library that has them."""
ONE_TO_PEOPLE = {"nb": "no", "nn": "no", "cmn": "zh", "iw": "he", "in": "id", "mo": "ro", "tl": "fil"}
_CODE = r"(?i)([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?"
_LEVEL = (
    r"\s*[(\[:–-]?\s*\b(a[12]|b[12]|c[12]|native|native speaker|mother tongue|fluent|advanced|intermediate|proficient|"
    r"business|business fluent|conversational|working|professional|muttersprache|muttersprachlich|fliessend|"
    r"verhandlungssicher|sehr gut|gut|langue maternelle|courant|bilingue|bilingual|nativo|nativa|fluido|avanzado|"
    r"uk|us|gb|british|american|simplified|traditional)\b\s*[)\]]?"
)
_SEPARATORS = re.compile(r"[,;/|+&\n·•]|\s+(?:and|und|et|y|e)\s+")
_TOO_LITTLE = r"\b(a1|a2|basic|basics|beginner|grundkenntnisse|debutant|notions|basico)\b"


def read_languages(cell: Cell) -> tuple[str, ...]:
    """Read languages, most preferred first, separated by commas, slashes, line breaks or “and”.

    Raises:
        Unusable: one of them is unknown.
    """
    parts = [p.strip(" .") for p in _SEPARATORS.split(lines(cell)) if p.strip(" .")]
    if not parts or is_error(cell):
        raise _unknown(cell)
    return tuple(dict.fromkeys(read_language(part) for part in parts))


@lru_cache(maxsize=1024)
def read_language(cell: Cell) -> str:
    """Return a language's ISO 639 code; what people take for one language has one.

    Raises:
        Unusable: it is unknown.
    """
    words = text(cell)
    code = _code(words) or _named(words)
    if not code and not re.search(_TOO_LITTLE, plain(words)):
        shorter = _without_remark(words)
        code = (_code(shorter) or _named(shorter)) if shorter else ""
    if not code:
        raise _unknown(cell)
    return ONE_TO_PEOPLE.get(code, code)


def _without_remark(words: str) -> str:
    """Return a language without how well it is spoken, where, or its second name; empty where none is there."""
    form = plain(words) if len(plain(words)) != len(words) else words
    if level := re.search(_LEVEL, plain(words)):
        return (form[: level.start()] + form[level.end() :]).strip()
    remark = re.fullmatch(r"([^()]+)\(([^()]+)\)", words)
    is_idle = remark and (country_code(remark[2]) or _named(remark[2]) == _named(remark[1].strip()))
    return remark[1].strip() if remark and is_idle else ""


def _code(words: str) -> str:
    """Return the language of a code such as de, deu or pt-BR; empty for what only looks like one."""
    code = words.lower()
    if code in languages.codes():
        return code
    match = re.fullmatch(_CODE, words)
    if not match:
        return ""
    code = match[1].lower()
    from langcodes import Language, tag_is_valid  # noqa: PLC0415 - only where other languages are read

    if not tag_is_valid(words.replace("_", "-")):
        return ""
    language = Language.get(code).language or ""
    return language if len(code) == 2 or len(language) == 2 else ""


@lru_cache(maxsize=1024)
def _named(words: str) -> str:
    key = plain(words).strip(" .")
    if known := KNOWN.get(key) or languages.named(key):
        return known
    if not re.search(r"[^\W\d_]{2}", key):
        return ""
    return _in_the_library(words, key)


def _in_the_library(words: str, key: str) -> str:
    """Return the language of which this is the whole name in some language; the library also takes beginnings."""
    import langcodes  # noqa: PLC0415 - its names take a moment
    from babel import Locale  # noqa: PLC0415 - knows which languages people speak of
    from language_data.names import code_to_names  # noqa: PLC0415 - as above

    try:
        found = langcodes.find(words)
    except LookupError:
        return ""
    names = {
        plain(n) for code in (str(found).lower(), found.language) for n in code_to_names(code or "").values()
    }
    is_spoken = found.language in Locale("en").languages
    return (found.language or "") if key in names and is_spoken else ""


def _unknown(cell: Cell) -> Unusable:
    return Unusable(
        say("the language {cell} is unknown", cell=shown(cell)), say("Enter a language such as German or de.")
    )
