"""Making comments at cells say what Problems says there. They are a courtesy: what is refused stops nothing else."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from peerpact.errors import GoogleError
from peerpact.google.cell_comments import Request, UnsavedError
from peerpact.google.comment_threads import request_for, threads_in
from peerpact.google.sheets import Replace, Workbook
from peerpact.programme.memory import COMMENTED, Memo, with_memo
from peerpact.programme.roster.comments import CORRECTED, SWITCHED_OFF, CommentAtCells, changes
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import in_language
from peerpact.tables.records import as_row

log = logging.getLogger(__name__)


def comment_at_cells(action: CommentAtCells, programme: ProgrammeSeen, workbook: Workbook) -> None:
    """Read the comments, write what is missing in one batch, and keep in mind what they say now.

    Where Google has no comments for us, or refuses one, it is asked again when there is something else to say; where a
    refusal passes, by the next run.
    """
    before = tuple(programme.memory.values() if programme.remembered is None else programme.remembered)
    after = with_memo(before, Memo(key=COMMENTED, since=programme.today, value=action.key))
    requests: list[Request] = []
    try:
        requests = _requests(action, workbook)
        workbook.commit([_memory(after)], along=requests)
    except UnsavedError as error:
        _note(error)
        workbook.commit([_memory(before)])
    except GoogleError as error:
        _note(error)
        if error.permanent and _one_by_one(requests, workbook):
            workbook.commit([_memory(after)])


def _note(error: GoogleError) -> None:
    log.warning("comments at cells were refused", extra={"why": str(error)})


def _memory(memos: Sequence[Memo]) -> Replace:
    return Replace("Memory", [as_row(memo) for memo in memos])


def _requests(action: CommentAtCells, workbook: Workbook) -> list[Request]:
    ids = workbook.sheet_ids()
    titles = {number: title for title, number in ids.items()}
    threads = threads_in(workbook.comments(), titles, (CORRECTED, SWITCHED_OFF))
    farewell = in_language(action.farewell, workbook.language)
    return [
        request_for(change, ids, assignee=action.assignee, farewell=farewell)
        for change in changes(action.wanted, threads)
    ]


def _one_by_one(requests: Sequence[Request], workbook: Workbook) -> bool:
    """Write each by itself, assigned to nobody, and tell whether all were answered; Problems has what is refused."""
    for request in requests:
        try:
            workbook.commit([], along=[_unassigned(request)])
        except GoogleError as error:
            _note(error)
            if not error.permanent:
                return False
    return True


def _unassigned(request: Mapping[str, Mapping[str, object]]) -> Request:
    return {
        kind: {name: value for name, value in body.items() if name != "assigneeEmailAddress"}
        for kind, body in request.items()
    }
