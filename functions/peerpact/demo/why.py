"""Why these two: somebody's partner, the reason in a line, and who else it could have been and at what cost."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import run, ui

from peerpact.demo.guide import title
from peerpact.demo.play import Play
from peerpact.demo.summary import rows
from peerpact.errors import PeerpactError
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.explain import explain

STANDING = ("Proposed", "Approved")


def why_these_two(play: Play, looking: Callable[[Callable[[], list[str]]], list[str]]) -> None:
    """Write the card. ``looking`` runs what reads the spreadsheet while no job is at work."""
    with ui.element("div").classes("sheet-card").style("padding:1rem 1.25rem;margin-top:.75rem"):
        title("Why these two?")
        ui.label("Choose somebody: the reason for their partner, and who else it could have been.").classes(
            "muted"
        )
        people = paired(play)
        chosen = ui.select(people, label="Whose partner", with_input=True).classes("w-full")
        chosen.props('outlined dense aria-label="Whose partner"')
        said = ui.column().classes("gap-1 w-full")

        async def show() -> None:
            lines = await run.io_bound(looking, lambda: reasons(play, str(chosen.value)))
            said.clear()
            with said:
                for line in lines or ():
                    ui.label(line)

        chosen.on_value_change(show)


def paired(play: Play) -> dict[str, str]:
    """Return who is in a pairing of now, by address, in the order of their names."""
    found: dict[str, str] = {}
    for row in rows(play, play.company.config.programme_spreadsheet, "Pairings"):
        if row["State"] in STANDING:
            found |= dict(
                zip(str(row["Addresses"]).split(", "), str(row["People"]).split(" & "), strict=True)
            )
    return dict(sorted(found.items(), key=lambda person: person[1]))


def reasons(play: Play, person: str) -> list[str]:
    """Return what there is to say, line by line; what stands in the way, where it can't be told."""
    company = play.company
    try:
        return list(explain(company.access(JOBS["pair_people"]), company.workspace.clock.now(), person))
    except PeerpactError as error:
        return [str(error)]
