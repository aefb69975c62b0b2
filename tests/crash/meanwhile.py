"""People who edit the spreadsheet while a job runs: before its first call, before its second, ...

What follows must be as if they had edited before the run or after it. Admins are kept from moving rows on the system's
tabs by their protection; the spreadsheet's owner, the mentoring mailbox, is not, and does so here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from schedules import Stage, differences, found_by_people, has_stopped, run_once, settle

from cast import Cast
from peerpact.tables.cells import EPOCH
from workspace_emulator import Effect, Fault, InProcessAdapter

Do = Callable[[Cast], object]
REMOVED = "fay@example.com"


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody does to the spreadsheet; ``undo`` is what they do later about a job that has stopped."""

    do: Do
    undo: Do | None = None
    stops: bool = False
    """Every job stops with a sentence about the spreadsheet until it is undone."""
    removes: str = ""
    """Whom it takes out of the programme."""


def _tab(cast: Cast, title: str) -> Any:
    return cast.company.sheet().worksheet(title)


def _owned(cast: Cast, title: str) -> Any:
    return cast.company.sheet(cast.company.config.mailbox).worksheet(title)


def _row_of(tab: Any, column: int, value: str) -> int:
    values: list[str] = tab.col_values(column)
    return values.index(value) + 1 if value in values else 0


def _deletes(title: str, column: int, value: str) -> Do:
    def delete(cast: Cast) -> None:
        tab = _tab(cast, title)
        row = _row_of(tab, column, value)
        if row:
            tab.delete_rows(row)

    return delete


def _no_longer_takes_part(cast: Cast) -> None:
    roster = _tab(cast, "Roster")
    column = roster.row_values(1).index("Taking part") + 1
    roster.update_cell(_row_of(roster, 2, REMOVED), column, "no")


def _moves_a_column(cast: Cast) -> None:
    source = {"sheetId": _tab(cast, "Roster").id, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    move = {"moveDimension": {"source": source, "destinationIndex": 4}}
    cast.company.sheet().batch_update({"requests": [move]})


def _sorts(title: str) -> Do:
    """Sort a tab's rows upside down, whatever they hold."""

    def sort(cast: Cast) -> None:
        tab = _owned(cast, title)
        rows = len(tab.get_all_values())
        for start in range(2, rows):  # the last row becomes the first, again and again
            source = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": rows - 1, "endIndex": rows}
            move = {"moveDimension": {"source": source, "destinationIndex": start - 1}}
            tab.spreadsheet.batch_update({"requests": [move]})

    return sort


EDITS: dict[str, Edit] = {
    "inserts an empty row": Edit(lambda cast: _tab(cast, "Roster").insert_rows([[]], 3)),
    "adds somebody who does not take part": Edit(
        lambda cast: _tab(cast, "Roster").insert_rows(
            [["No Body", "nobody@example.com", "Sales", "", "ada@example.com", "", "", "", "", "no"]], 2
        )
    ),
    "sorts the roster": Edit(lambda cast: _tab(cast, "Roster").sort((2, "des"), range="A2:K20")),
    "adds a column": Edit(lambda cast: _tab(cast, "Roster").insert_cols([["Shoe size"]], 1)),
    "moves a column": Edit(_moves_a_column),
    "writes a header otherwise": Edit(lambda cast: cast.enter("Roster", "B1", " E-MAIL ")),
    "decides about a pairing": Edit(
        lambda cast: cast.tab("Pairings") and cast.enter("Pairings", "C2", "approve")
    ),
    "corrects a setting": Edit(lambda cast: cast.setting("Company", "Example")),
    "deletes a setting's row": Edit(_deletes("Settings", 1, "Company")),
    "renames a column": Edit(
        lambda cast: cast.enter("Roster", "B1", "Who"),
        lambda cast: cast.enter("Roster", "B1", "E-mail"),
        stops=True,
    ),
    "renames a tab": Edit(
        lambda cast: _tab(cast, "Roster").update_title("People"),
        lambda cast: _tab(cast, "People").update_title("Roster"),
        stops=True,
    ),
    "deletes a tab that all jobs read": Edit(
        lambda cast: cast.company.sheet(cast.company.config.mailbox).del_worksheet(_owned(cast, "Problems")),
        Cast.init,
        stops=True,
    ),
    "deletes the tab Never pair": Edit(
        lambda cast: cast.company.sheet().del_worksheet(_tab(cast, "Never pair")), Cast.init
    ),
    "says that somebody no longer takes part": Edit(_no_longer_takes_part, removes=REMOVED),
    "deletes somebody's row": Edit(_deletes("Roster", 2, REMOVED), removes=REMOVED),
    "inserts a row among the pairings, as the owner": Edit(
        lambda cast: _owned(cast, "Pairings").insert_rows([[]], 3)
    ),
    "turns the pairings upside down, as the owner": Edit(_sorts("Pairings")),
    "turns the letters upside down, as the owner": Edit(_sorts("Letters")),
    "inserts a column among the pairings, as the owner": Edit(
        lambda cast: _owned(cast, "Pairings").insert_cols([["Ours"]], 1)
    ),
    "inserts a row among the problems, as the owner": Edit(
        lambda cast: _owned(cast, "Problems").insert_rows([[]], 2)
    ),
}
"""What is done by the first admin, where nothing else is said."""


def play_meanwhile(stage: Stage, name: str, call: int) -> list[str]:
    """Let somebody edit just before a run's n-th call; return what differs from an edit before or after it."""
    edit = EDITS[name]
    found, since = _edited_before(stage, edit, call)
    wrote_to = [f"{key} was decided on after it" for key in _letters_since(stage.cast, edit.removes, since)]
    ways = [differences(wanted, found) for wanted in stage.once(name, lambda: _edited_apart(stage, edit))]
    return [*wrote_to, *min(ways, key=len)]


def _edited_before(stage: Stage, edit: Edit, call: int) -> tuple[dict[str, Any], datetime]:
    stage.begin()
    cast, faults = stage.cast, stage.cast.company.workspace.faults
    moments: list[datetime] = []

    def strike(_: object) -> None:
        edit.do(cast)
        cast.wait(minutes=1)  # letters decided on from now on bear a later time
        moments.append(cast.clock.now())

    faults.add(Fault(effect=Effect.NOTHING, call=call, times=1, before=strike))
    run_once(cast, stage.job, InProcessAdapter(cast.company.front))
    faults.clear()
    if not moments:
        strike(None)
    return _mended(stage, edit), moments[0]


def _edited_apart(stage: Stage, edit: Edit) -> list[dict[str, Any]]:
    """Return what is found when the edit is made before the run, and when it is made after it."""
    stage.begin()
    edit.do(stage.cast)
    before = _mended(stage, edit)
    stage.begin()
    settle(stage.cast, stage.job)
    edit.do(stage.cast)
    return [before, _mended(stage, edit)]


def _mended(stage: Stage, edit: Edit) -> dict[str, Any]:
    """Let the job go on, once it was told, and the admin has undone what stopped it; return what is found."""
    if edit.undo:
        assert has_stopped(stage.cast, stage.job) or not edit.stops, "the job went on"
        edit.undo(stage.cast)
    settle(stage.cast, stage.job)
    return _without_rows(found_by_people(stage.cast))


def _letters_since(cast: Cast, person: str, since: datetime) -> list[str]:
    """Return the letters to somebody that were decided on since a moment."""
    if not person:
        return []
    letters = [*cast.tab("Letters"), *cast.ledger("Letters")]
    return [r["Letter"] for r in letters if r["Person"] == person and _moment(r["Planned"]) >= since]


def _moment(planned: Any) -> datetime:
    """Return a time as the spreadsheet shows it, or as it keeps it."""
    if isinstance(planned, str):
        return datetime.fromisoformat(planned).replace(tzinfo=UTC)
    return EPOCH + timedelta(days=planned)


def _without_rows(state: dict[str, Any]) -> dict[str, Any]:
    """Leave out Problems: a row's number there is right again with the next hourly look."""
    return {k: v for k, v in state.items() if k != "problems"}
