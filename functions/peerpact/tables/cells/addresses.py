"""E-mail addresses: one or several in a cell. Whatever is accepted can be put on a letter and into an invitation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import REMEMBERED, Cell, Unusable, lines, shown, text

_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’", "„": "“", "«": "»", "<": ">", "(": ")", "[": "]", "`": "`"}
_WITH_NAME = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")
_WITH_REMARK = re.compile(r"(?P<address>[^\s()<>]+@[^\s()<>]+)\s*\((?P<remark>[^()@]*)\)")
_IN_BRACKETS = re.compile(r"(?P<name>[^()<>@]*[^()<>@\s])\s*\((?P<address>[^\s()<>]+@[^\s()<>]+)\)")
_PLAIN = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?!(?:arpa|invalid|local|localhost|onion|test)$)[a-z]{2,}"
)
"""Addresses about which nothing is in doubt, as nearly all are; of others a library knows, which loads slowly."""
_LONGEST_PLAIN = 64
_SEPARATED = re.compile(r"""(?:"[^"]*"|<[^<>]*>|\([^()]*\)|[^,;\n"<(]|["<(])+""")


@lru_cache(maxsize=REMEMBERED)
def read_email(cell: Cell) -> str:
    """Read one address, lower-case: bare, quoted, as a link, as “Name <address>” or with a remark in brackets.

    Raises:
        Unusable: there is no address, more than one, or more than an address.
    """
    return _checked(_address_in(text(cell), cell), cell)


def read_emails(cell: Cell) -> tuple[str, ...]:
    """Read addresses separated by commas, semicolons or line breaks.

    Raises:
        Unusable: a part of the cell is no address.
    """
    parts = [p.strip() for p in _SEPARATED.findall(lines(cell)) if p.strip()]
    if not parts:
        raise _no_address(cell)
    return tuple(dict.fromkeys(read_email(part) for part in parts))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def is_plain(address: str) -> bool:
    return len(address) <= _LONGEST_PLAIN and _PLAIN.fullmatch(address) is not None


def _address_in(words: str, cell: Cell) -> str:
    """Return what must be the address, with everything taken off that is usually wrapped around one."""
    words = _unwrapped(unicodedata.normalize("NFKC", words).rstrip(",; "))
    if words.casefold().startswith("mailto:"):
        words = unquote(words[7:].partition("?")[0])
    for form in (_WITH_NAME, _WITH_REMARK, _IN_BRACKETS):
        if match := form.fullmatch(words):
            address = match["address"].strip()
            others = {
                w.casefold()
                for w in re.findall(r"[^\s'\"<>()]+@[^\s'\"<>()]+", match.groupdict().get("name") or "")
            }
            if others - {address.casefold()}:
                raise _two(cell)
            return _address_in(address, cell)
    if words.count("@") > 1:
        raise _two(cell)
    return words


def _unwrapped(words: str) -> str:
    while len(words) > 2 and _QUOTES.get(words[0]) == words[-1] and words[0] not in words[1:-1]:
        words = words[1:-1].strip()
    return words


def _checked(address: str, cell: Cell) -> str:
    if is_plain(address.lower()):
        return address.lower()
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - loads slowly

    if any(map(_is_of_two_scripts, address.split("."))):
        raise Unusable(
            say("{cell} has letters of two alphabets that look alike", cell=shown(cell)),
            say("Type the address anew."),
        )
    try:
        found = validate_email(address, allow_smtputf8=False, check_deliverability=False)
    except (EmailNotValidError, UnicodeError, ValueError):
        raise _no_address(cell) from None
    if found.local_part.strip("'`") != found.local_part:
        raise _no_address(cell)
    return (found.ascii_email or found.normalized).lower()


def _is_of_two_scripts(part: str) -> bool:
    if part.isascii():
        return False
    scripts = {unicodedata.name(ch, "").partition(" ")[0] for ch in part if ch.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def _no_address(cell: Cell) -> Unusable:
    return Unusable(
        say("{cell} is not an e-mail address", cell=shown(cell)),
        say("Enter an address such as ada@example.com."),
    )


def _two(cell: Cell) -> Unusable:
    return Unusable(
        say("{cell} holds more than one e-mail address", cell=shown(cell)),
        say("Leave the one that is right."),
    )
