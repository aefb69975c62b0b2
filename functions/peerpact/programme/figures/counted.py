"""What a mailbox keeps in mind of the figures that it publishes: on how many letters each month's rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from peerpact.programme.figures.overview import Row
from peerpact.programme.figures.published import Told, asked_in, commitment_figures, is_published
from peerpact.programme.figures.summed import OfMailbox
from peerpact.programme.memory import COUNTED, Memo, Memory, with_memo
from peerpact.programme.seen import ProgrammeSeen


def with_counted(programme: ProgrammeSeen, told: Told) -> ProgrammeSeen:
    """Return one mailbox's share with what to keep in mind of the months that are published now."""
    memos, published = programme.remembered, {m for m, row in told.published.items() if is_published(row)}
    if memos is None:
        return programme
    for row in commitment_figures(told, programme.settings, programme.today):
        if is_published(row) and row["month"] not in published:
            value = " ".join(map(str, asked_in(row["month"], told, programme.settings, programme.today)))
            memo = Memo(key=f"{COUNTED}{row['month']}", since=programme.today, value=value)
            memos = with_memo(memos, memo)
    return replace(programme, remembered=memos)


def of_mailbox(rows: Mapping[str, Row], memory: Memory) -> OfMailbox:
    """Return what one mailbox has published, with what is kept in mind of it; what can't be read counts nothing."""
    noted = {k.removeprefix(COUNTED): m.value.split() for k, m in memory.items() if k.startswith(COUNTED)}
    asked = {m: (int(v[0]), int(v[1])) for m, v in noted.items() if _are_two(v)}
    return OfMailbox(rows=rows, asked=asked)


def _are_two(numbers: Collection[str]) -> bool:
    return len(numbers) == 2 and all(re.fullmatch(r"\d{1,9}", n, re.ASCII) for n in numbers)
