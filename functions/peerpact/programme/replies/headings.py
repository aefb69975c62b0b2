"""Lists under a word of what became of them: "Not done: 1) write the plan 2) call Ann". Knows no word of a language.

In answer to a follow-up each item is told what its heading says. Where a promise was asked for, nothing under such a
heading is one: what somebody didn't do, gave up, or won't do, they don't take on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerpact.programme.replies.announced import behind_label
from peerpact.programme.replies.clauses import Clause, Cutter
from peerpact.programme.replies.sentences import items_in, sentences, without_bullet
from peerpact.programme.replies.signs import Sign, signs_of

_SAYS = {Sign.KEPT, Sign.DID, Sign.PARTLY, Sign.BEGUN, Sign.NOT_YET, Sign.DROPPED, Sign.YES, Sign.NO}
_LONGEST = 7
"""Words of a heading that says nothing but what became of what is under it."""


def told_each(text: str, cutter: Cutter) -> str:
    """Return a text with what a heading says behind each item under it: "write the plan: Not done"."""
    lines = _headed(text.split("\n"), lambda head: _is_answer(_last(head, cutter)))
    return "\n".join(
        f"{without_bullet(line)}: {heading.rstrip(' :')}" if heading else line for heading, line in lines
    )


def taken_back(lines: list[str], cutter: Cutter) -> list[tuple[str, bool]]:
    """Return each line, and whether its heading tells what became of it, or what won't: it is no promise then."""
    heads = _headed(lines, lambda head: _is_no_beginning(_last(head, cutter)))
    return [(line, bool(heading)) for heading, line in heads]


def _headed(lines: list[str], is_heading: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield each line with the heading that it stands under, "" where it has none; not the headings themselves."""
    parts = [part for line in lines for part in items_in(line)]
    heading, is_list = "", False
    for at, part in enumerate(parts):
        before, last = _parted(part)
        if last and any(map(str.strip, parts[at + 1 :])) and is_heading(last):
            heading, is_list = last, False
            if before:
                yield "", before
        elif is_list and not part.strip():
            heading = ""
            yield "", part
        elif part.strip() or not heading:
            is_list = bool(heading)
            yield heading, part


def _parted(line: str) -> tuple[str, str]:
    """Return what is before the last sentence of a line, and that sentence where a colon ends it."""
    if not line.rstrip().endswith(":"):
        return line, ""
    *before, last = sentences(line.strip())
    return " ".join(before), last


def _last(head: str, cutter: Cutter) -> Clause | None:
    return next(reversed(cutter.clauses(head.rstrip(" :"))), None)


def _is_answer(clause: Clause | None) -> bool:
    """Tell of "still open:" and "none of this happened:", and not of "done the slides' colours:"."""
    if clause is None or clause.unknown or clause.names or len(clause.sense) > _LONGEST:
        return False
    return bool(signs_of(clause) & _SAYS)


def _is_no_beginning(clause: Clause | None) -> bool:
    if clause is None or behind_label(f"{clause.text}: -", "next", [clause.language]):
        return False
    return _is_answer(clause) or clause.has("not", "none")
