"""How jobs read what people wish in private, from the spreadsheet that only they open."""

from __future__ import annotations

from peerpact.google.access import Access
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import PrivateWish
from peerpact.tables.records import read_wishes

WISHES = "Wishes"


def read_private_wishes(access: Access, programme: ProgrammeSeen) -> tuple[PrivateWish, ...]:
    """Read what people wish in private; an installation that was not upgraded has no place for it.

    Raises:
        SheetError: they can't be opened by an account that would act on them.
    """
    workbook = access.wishes
    if workbook is None or not access.sees_wishes:
        return ()
    workbook.read([WISHES])
    workbook.rename(programme.renamed)
    return read_wishes(workbook.contents(WISHES))
