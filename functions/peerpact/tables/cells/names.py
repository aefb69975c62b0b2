"""People's names: as they are shown, and the first name by which a letter greets. In doubt, the whole name greets."""

from __future__ import annotations

import re
from functools import lru_cache

from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import REMEMBERED, Cell, Unusable, plain, refuse_errors, shown, text

TITLES = frozenset(
    [
        "herr",
        "frau",
        "hr",
        "fr",
        "dr",
        "prof",
        "professor",
        "dipl",
        "ing",
        "mag",
        "univ",
        "monsieur",
        "madame",
        "mademoiselle",
        "mme",
        "mlle",
        "mm",
        "m",
        "senor",
        "senora",
        "srta",
        "sr",
        "sra",
        "dra",
        "dna",
        "doctor",
        "doktor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "dame",
        "lord",
        "lady",
        "med",
        "jur",
        "rer",
        "nat",
        "phil",
        "hc",
        "habil",
        "drs",
        "lic",
        "priv",
        "doz",
    ]
)
"""What may come before a first name; parts of titles included."""
DEGREES = frozenset(
    [
        "phd",
        "msc",
        "bsc",
        "mba",
        "jr",
        "jnr",
        "sr",
        "snr",
        "ii",
        "iii",
        "iv",
        "esq",
        "cpa",
        "llm",
        "llb",
        "meng",
        "ma",
        "ba",
        "md",
    ]
)
_UNSURE = frozenset(["md", "mohd", "bs", "st"])
"""Abbreviated first names, or no names at all."""
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "los",
        "las",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "des",
        "le",
        "van",
        "der",
        "den",
        "von",
        "zu",
        "zum",
        "ten",
        "ter",
        "el",
        "al",
        "bin",
        "ibn",
    ]
)
_FAMILY_NAMES = """
nguyen tran pham hoang huynh phan dang bui ngo duong trinh dinh truong
wang zhang liu chen yang huang zhao zhou xu zhu guo gao luo zheng liang xie tang deng feng cao peng zeng xiao
tian dong yuan pan jiang cai wei shen lu su lin he hu ma sun wu li ng wong chan lam
park choi jeong jung kang cho yoon jang lim shin seo kwon hwang ahn song hong
sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto
inoue kimura shimizu hayashi saito mori abe ikeda hashimoto
nagy kovacs toth szabo horvath varga molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros
"""
_FAMILY_FIRST = frozenset(_FAMILY_NAMES.split())
"""Frequent ones in Vietnamese, Chinese, Korean, Japanese and Hungarian; with one in front the whole name greets."""
_PRONOUNS = re.compile(
    r"\s*[(\[]\s*(she|he|they|ze|xe|sie|er|elle|il|iel|ella|el|any)\b[^()\[\]]*[)\]]", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*[(\[]\s*#?\s*[A-Z]{0,3}\d+\s*[)\]]\s*$|\s+-\s+\d{3,}$")
_LINK = re.compile(r"\s*[(\[]\s*https?://[^()\[\]\s]*\s*[)\]]")
"""The page of the person, as programs add it whose cells are links."""
_SEVERAL = re.compile(r"[;/|&+]")
"""What is between two names, of two people perhaps."""
_NOBODY = {
    "n.n",
    "nn",
    "n/a",
    "na",
    "none",
    "vacant",
    "vakant",
    "vacante",
    "tbd",
    "tba",
    "tbc",
    "unknown",
    "unbekannt",
}
_NOBODY |= {"open position", "offene stelle", "to be hired", "new hire", "test", "-", "null", "nan", "?"}
_CAPITALS = re.compile(r"(?:Mc|Mac|O'|D')?[^\W\d_a-zß-öø-ÿ]{2,}(?:['-][^\W\d_]+)*")


def read_name(cell: Cell) -> str:
    """Return a name as partners see it, first name first: “Ana Gómez” for “Gómez, Ana” and for “GÓMEZ Ana”.

    Raises:
        Unusable: it is no name.
    """
    refuse_errors(cell)
    words = text(cell)
    if isinstance(cell, bool | int | float) or not _is_name(words):
        raise Unusable(say("{cell} is not a name", cell=shown(cell)), say("Enter first and last name."))
    return _in_order(words)[0]


@lru_cache(maxsize=REMEMBERED)
def first_name(name: str) -> str:
    """Return the name by which to greet somebody; the whole name where it isn't certain."""
    shown_as, first = _in_order(text(name))
    return first or shown_as


def read_first_name(cell: Cell) -> str:
    """Return what somebody wants to be called, as it is.

    Raises:
        Unusable: it is no name.
    """
    refuse_errors(cell)
    words = text(cell)
    if isinstance(cell, bool | int | float) or not _is_name(words):
        raise Unusable(
            say("{cell} is not a name", cell=shown(cell)),
            say("Enter the name by which they are called, or nothing."),
        )
    return words


def is_as_typed(cell: Cell) -> bool:
    """Tell whether nothing in a name shows which of its words is the first name: neither a comma nor capitals do."""
    words = text(cell)
    return "," not in words and _in_order(words)[0].casefold() == words.casefold()


@lru_cache(maxsize=REMEMBERED)
def keys_of(name: str) -> frozenset[str]:
    """Return forms in which two spellings of one name agree: any order, case, accents, titles, ü or ue."""
    words = _without_additions(text(name))
    forms = {plain(words), plain(_transliterated(words))}
    return frozenset(key for form in forms if (key := _unordered(form)))


@lru_cache(maxsize=REMEMBERED)
def _is_name(words: str) -> bool:
    words = _without_additions(words)
    is_other = any(sign in words for sign in ("@", "://", "="))
    return any(map(str.isalpha, words)) and plain(words).strip(" .") not in _NOBODY and not is_other


@lru_cache(maxsize=REMEMBERED)
def _in_order(words: str) -> tuple[str, str]:
    """Return the name with the first name first, and the first name; that one empty where it isn't certain."""
    words = _without_additions(words)
    if _SEVERAL.search(words):
        return words, ""
    if "," in words:
        from nameparser import HumanName  # noqa: PLC0415 - only where a name is turned round

        parsed = HumanName(words)
        if parsed.first and parsed.last and "," not in parsed.last:
            whole = " ".join(
                filter(None, [parsed.title, parsed.first, parsed.middle, parsed.last, parsed.suffix])
            )
            return _cased(whole), _certain(_cased(parsed.first))
        return words, ""
    words = _family_last(words)
    if "(" in words or len(words.split()) < 2:
        return words, ""
    quoted = re.search(r"[\"“„«]([^\W\d_]+)[\"”“»]", words)
    if quoted:
        return words, quoted[1]
    parts = words.split()
    rest = parts[next((i for i, part in enumerate(parts) if not _is_title(part)), 0) :]
    alone = len([p for p in rest if plain(p).strip(".,") not in DEGREES or (len(p) == 2 and p.istitle())]) < 2
    return words, "" if alone or plain(rest[0]) in _FAMILY_FIRST else _certain(rest[0])


def _is_title(part: str) -> bool:
    """Tell whether every piece of a word, such as those of “Dipl.-Ing.”, belongs to a title."""
    pieces = [p for p in re.split(r"[.,-]", plain(part)) if p]
    return bool(pieces) and all(p in TITLES for p in pieces)


def _certain(first: str) -> str:
    """Return a first name; nothing for an initial, letters that stand for names, or languages that write it last."""
    is_short = len(first) < 2 or (len(first) == 2 and first.isupper() and first.isascii())
    return "" if is_short or "." in first or plain(first) in _UNSURE or ord(first[0]) > 0x3000 else first


def _family_last(words: str) -> str:
    """Put a family name in capitals that comes first where it belongs, and write names in capitals as others."""
    parts = words.split()
    in_capitals = [bool(_CAPITALS.fullmatch(p)) and (len(p) > 2 or plain(p) in _PARTICLES) for p in parts]
    leading = next((i for i, capital in enumerate(in_capitals) if not capital), len(parts))
    if 0 < leading < len(parts) and not any(in_capitals[leading:]) and _is_written_plainly(parts[leading]):
        parts = [*parts[leading:], *parts[:leading]]
    return _cased(" ".join(parts))


def _is_written_plainly(word: str) -> bool:
    return word[:1].isupper() and word[1:2].islower()


def _cased(words: str) -> str:
    """Write names that are all in capitals, or all in small letters, as names are written."""
    if words.islower():
        return " ".join(w if w in _PARTICLES else _capitalised(w) for w in words.split())
    return " ".join(map(_recased, words.split()))


def _recased(word: str) -> str:
    is_loud = bool(_CAPITALS.fullmatch(word)) and not word[1:].islower()
    if not is_loud or plain(word).strip(".") in DEGREES:
        return word
    if plain(word) in _PARTICLES:
        return word.lower()
    return _capitalised(word) if len(word) > 2 else word


def _capitalised(word: str) -> str:
    if word[:2] == "Mc" and word[2:].isupper():
        return f"Mc{word[2:].capitalize()}"
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)


def _without_additions(words: str) -> str:
    return _NUMBER.sub("", _PRONOUNS.sub("", _LINK.sub("", words))).strip()


def _transliterated(words: str) -> str:
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"}
    return "".join(pairs.get(ch, ch) for ch in words.casefold())


def _unordered(name: str) -> str:
    words = re.findall(r"[^\W_]+", name.replace("'", "").replace("’", ""))
    kept = [w for w in words if w not in TITLES and w not in DEGREES] or words
    return " ".join(sorted(kept))
