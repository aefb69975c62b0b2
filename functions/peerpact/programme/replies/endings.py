"""What is at the end of somebody's words without being theirs: signatures, phone footers, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peerpact.programme.replies.card_lines import is_sign_off, is_titles, is_unspoken, reaches
from peerpact.programme.replies.cards import card_at_the_end, end_above, is_contact, paragraph_top
from peerpact.programme.replies.client_words import client_words

_DELIMITER = re.compile(r"^\s{0,3}(?:--|—|__)\s*$")
_ATTACHED = re.compile(r"\s{0,4}(?: - |<<?|\[)[^\s<>][^<>]{0,100}\.\w{2,5}(?:>>?|\])?\s*$")
_RULE = re.compile(r"^[\s\-_=*#~•·─━—–ᐧ|]+$")
_LINK = re.compile(r"<{0,2}\(?\[?(?:https?|mailto):[^\s<>]{0,300}[>)\]]{0,2}")
_BRACKETS = re.compile(r"[<>()\[\]*]")
_SENT = re.compile(r"Sent (?:from|with|via|using) (.{2,140})$")
_SMALL_WORDS = frozenset(
    {
        "for",
        "on",
        "the",
        "by",
        "my",
        "app",
        "mail",
        "email",
        "and",
        "iPhone",
        "iPad",
        "iOS",
        "iCloud",
        "mobile",
    }
)
_ALONE = re.compile(r"^\s{0,4}[^\s@<>]{1,64}@[^\s@<>]{1,190}\s*$")
_LONGEST_FOOTER = 140
_LONGEST_RULED = 30
_SHORT, _LONG, _LONGEST_SURE = 60, 90, 400
_LEAST_OF_A_NOTICE = 2
_MOST_ADDED = 6
"""So many lines a list or a program adds below its rule."""
_CLAUSE_END = re.compile(r"[,;] |\. ")
_MOST_ENDINGS = 60
_MOST_SCHEDULING_WORDS = 10
_PLATFORMS = ("ios", "android", "mac", "windows", "iphone", "ipad")


def is_signature_delimiter(line: str) -> bool:
    return bool(_DELIMITER.match(line))


def is_rule(line: str) -> bool:
    """Tell whether a line only draws a line."""
    return bool(line.strip()) and len(line) < 200 and bool(_RULE.match(line))


def without_endings(lines: Sequence[str]) -> list[str]:
    """Return the lines without the footers, notices and rules at their end."""
    kept, attached = _without_attached(lines)
    for _ in range(_MOST_ENDINGS):
        before = len(kept)
        _drop_blank(kept)
        _drop_notice(kept)
        _drop_ruled(kept)
        _drop_card(kept)
        if kept and (is_rule(kept[-1]) or is_footer(kept[-1]) or _is_stamp(kept)):
            kept.pop()
        elif len(kept) > 1 and is_footer(f"{kept[-2].strip()} {kept[-1].strip()}") and _is_start(kept, -2):
            del kept[-2:]
        if len(kept) == before:
            break
    return _with_attached(kept, attached, lines)


def _without_attached(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part off what names files behind somebody's words, below their signature: "<plan.pdf>", " - plan.pdf"."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _ATTACHED.match(lines[end - 1])):
        end -= 1
    attached = [line for line in lines[end:] if line.strip()]
    return list(lines[:end] if attached else lines), attached


def _with_attached(kept: list[str], attached: list[str], lines: Sequence[str]) -> list[str]:
    """Return the files' names behind what was kept, with the blank lines between where nothing else was dropped."""
    between = sum(bool(line.strip()) for line in lines[len(kept) :]) - len(attached)
    blanks = next((at for at, line in enumerate(lines[len(kept) :]) if line.strip()), 0) if not between else 0
    return kept + [""] * blanks * bool(attached) + attached


def is_footer(line: str) -> bool:
    """Tell whether a phone or a program signed with this line, in any language."""
    if len(line) > _LONGEST_FOOTER + 300:
        return False
    bare = " ".join(_BRACKETS.sub(" ", _LINK.sub(" ", line)).split()).strip(" ._|").casefold()
    words = client_words()
    if _is_scheduling(line, bare):
        return True
    if not bare or len(bare) > _LONGEST_FOOTER or bare.endswith("?"):
        return False
    first = _CLAUSE_END.split(bare, maxsplit=1)[0]
    if not words.spoken.isdisjoint(first.split()):
        return False
    if _is_sent_by_a_program(line):
        return True
    has_device = any(device in first for device in words.devices)
    if not has_device and not (bare.startswith("sent from my") and first == bare and len(bare.split()) <= 6):
        return False
    if bare.startswith(("outlook", "get outlook")) and not any(name in bare for name in _PLATFORMS):
        return False
    short = len(bare.split()) <= 16
    starts = bare.startswith(words.footers_alone)
    ends = len(bare.split()) <= 7 and bare.endswith(words.footer_ends)
    return short and (starts or ends)


def _is_scheduling(line: str, bare: str) -> bool:
    """Tell whether a line is the link by which others book somebody's time, as signatures have it."""
    if "?" in bare or len(bare.split()) > _MOST_SCHEDULING_WORDS:
        return False
    words = client_words()
    if bare.startswith(words.scheduling):
        return True
    folded = line.casefold()
    return "http" in folded and any(place in folded for place in words.schedulers)


def _is_sent_by_a_program(line: str) -> bool:
    """Tell whether the line says "Sent from Something for Somewhere", which is a program's name, or has its link."""
    found = _SENT.match(line.strip())
    if not found:
        return False
    words = _LINK.sub(" , ", found[1]).replace(",", " ,").rstrip(" ,").split()
    name = words[: words.index(",")] if "," in words else words
    named = all(not word[0].isalpha() or word[0].isupper() or word in _SMALL_WORDS for word in name)
    is_whim = bool(name) and len(words) == len(name) and name[0] in {"a", "an", "the"}
    whim = is_whim and not line.strip().endswith((".", "!"))
    return (len(name) <= 6 and (named or bool(_LINK.search(line)))) or (whim and 3 <= len(name) <= 6)


def _is_start(lines: Sequence[str], index: int) -> bool:
    """Tell whether a paragraph starts there: a footer that was wrapped is alone."""
    at = len(lines) + index
    return at == 0 or not lines[at - 1].strip()


def _is_stamp(lines: Sequence[str]) -> bool:
    """Tell whether the last line is an address alone, far below the words, as Foxmail signs."""
    return len(lines) > 3 and not any(line.strip() for line in lines[-3:-1]) and bool(_ALONE.match(lines[-1]))


def _drop_blank(lines: list[str]) -> None:
    while lines and not lines[-1].strip():
        lines.pop()


def _drop_notice(lines: list[str]) -> None:
    """Drop a last paragraph, or its last line, that is a confidentiality notice, its heading and its thanks."""
    start = paragraph_top(lines, len(lines))
    if (
        start
        and len(lines) - start == 1
        and is_sign_off(lines[start])
        and lines[start].rstrip().endswith(".")
    ):
        end = end_above(lines, start)
        above = paragraph_top(lines, end)
        start = above if is_notice(" ".join(lines[above:end])) else start
    if start < len(lines) and is_notice(" ".join(lines[start:])):
        del lines[_top_of_notice(lines, start) :]
    elif len(lines) > 1 and is_notice(lines[-1]):
        lines.pop()
    else:
        return
    _drop_blank(lines)
    if lines and lines[-1].strip(" *_#:-").casefold() in client_words().notice_headings:
        lines.pop()


def _top_of_notice(lines: Sequence[str], start: int) -> int:
    """Return where the notice begins in its paragraph: whole sentences above, of which none is of one, are theirs."""
    words = (*client_words().notices, *client_words().sure_notices)
    first = next((i for i in range(start, len(lines)) if any(w in lines[i].casefold() for w in words)), start)
    return next((i for i in range(first, start, -1) if _is_parted(lines[i - 1].rstrip(), lines[i])), start)


def _is_parted(line: str, below: str) -> bool:
    """Tell whether a line ends what is said: a sentence does, and a short line that the next goes not on from."""
    return line.endswith((".", "!", "?")) or (len(line) < _SHORT and below.lstrip(" *_")[:1].isupper())


def _drop_card(lines: list[str]) -> None:
    """Drop what says who somebody is."""
    start = card_at_the_end(lines)
    if start is not None:
        del lines[start:]


def _drop_ruled(lines: list[str]) -> None:
    """Drop the lines below a rule near the end that say who somebody is, or what a list or a program adds."""
    for at in range(len(lines) - 1, max(len(lines) - _LONGEST_RULED, 0) - 1, -1):
        if is_rule(lines[at]):
            below = [line for line in lines[at + 1 :] if line.strip()]
            if _is_added(below, lines[at], alone=not any(line.strip() for line in lines[:at])):
                del lines[at:]
            return


def _is_added(below: Sequence[str], rule: str, *, alone: bool) -> bool:
    if is_contact(below):
        return True
    drawn = rule.strip().startswith("_____") and len(below) <= _MOST_ADDED and all(map(is_unspoken, below))
    return drawn and (any(map(reaches, below)) or (not alone and is_titles(below)))


def is_notice(paragraph: str) -> bool:
    """Tell whether a paragraph has three words of notices, or is long, has two and nobody speaks of themselves."""
    folded = paragraph[:3000].casefold()
    words = client_words()
    if len(folded) < _LONGEST_SURE and any(said in folded for said in words.sure_notices):
        return True
    heard = [word for word in words.notices if word in folded]
    found = sum(not any(word in other for other in heard if other != word) for word in heard)
    if found < _LEAST_OF_A_NOTICE:
        return False
    length = _length_of(folded)
    if length >= _LONG and not _is_spoken(set(folded.split())):
        return True
    return found > _LEAST_OF_A_NOTICE and length >= _SHORT


def _is_spoken(said: set[str]) -> bool:
    return {"i", "the"} <= said or not client_words().first_persons.isdisjoint(said)


def _length_of(text: str) -> int:
    """Count the signs; those of scripts that have one for a syllable or a word count for three."""
    return len(text) + 2 * sum(ord(c) > 0x2E80 for c in text)
