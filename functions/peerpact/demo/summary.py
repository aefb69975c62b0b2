"""What happened in the months that were played, in figures that a newcomer understands. Never anybody's words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from peerpact.programme.sentences import in_english
from peerpact.tables.archive import ARCHIVE, unpacked
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab

if TYPE_CHECKING:
    from peerpact.demo.play import Play

_SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
MOST_PROBLEMS = 12


def summarise(play: Play, console: Console) -> dict[str, str]:
    """Print the programme as it is now, and what it took; return the figures."""
    company = play.company
    pairings = rows_with_archived(play, company.config.programme_spreadsheet, "Pairings")
    console.print()
    console.rule(f"[bold]Peer mentoring at {company.name}, as played")
    figures = _figures(play, pairings)
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, figure in figures.items():
        table.add_row(name, figure)
    console.print(table)
    console.print(_problems(play))
    console.print(
        f"Jobs ran {play.runs.total()} times; {play.passed_over.total()} further ticks were passed over, because "
        "nothing at all had happened since that job last looked."
    )
    return figures


def rows(play: Play, spreadsheet: str, title: str) -> list[dict[str, Any]]:
    """Return a tab's rows as the mentoring mailbox, which owns the spreadsheets, sees them."""
    header, *lines = grid(play, spreadsheet, title) or [[]]
    return [dict(zip(header, [*line, *[""] * len(header)], strict=False)) for line in lines if any(line)]


def grid(play: Play, spreadsheet: str, title: str) -> list[list[Any]]:
    """Return a tab's cells, its header first."""
    session = play.company.session(play.company.config.mailbox)
    params = {"valueRenderOption": "UNFORMATTED_VALUE"}
    answer = session.get(f"{_SHEETS}/{spreadsheet}/values/'{title}'", params=params).json()
    return list(answer.get("values", []))


def rows_with_archived(play: Play, spreadsheet: str, title: str) -> list[dict[str, Any]]:
    """Return a tab's rows, those that are over and have left it for the archive among them."""
    cells = grid(play, spreadsheet, ARCHIVE)
    kept = unpacked(read_tab(tab(ARCHIVE), cells).rows) if cells else []
    blank: dict[str, Any] = dict.fromkeys((c.name for c in tab(title).columns), "")
    return [*(blank | row for where, row in kept if where == title), *rows(play, spreadsheet, title)]


def _figures(play: Play, pairings: list[dict[str, Any]]) -> dict[str, str]:
    config, did = play.company.config, play.colleagues.did
    ledger, programme = config.ledger_spreadsheet, config.programme_spreadsheet
    commitments = rows_with_archived(play, ledger, "Commitments")
    outcomes = Counter(c["Outcome"] or "not asked yet" for c in commitments)
    letters = Counter(
        x["Kind"]
        for s in (programme, ledger)
        for x in rows_with_archived(play, s, "Letters")
        if x["State"] == "sent"
    )
    replies = Counter(r["Kind"] for r in rows_with_archived(play, ledger, "Replies"))
    standing = [p for p in pairings if p["State"] in {"Approved", "Ended"}]
    across = sum(len(set(str(p["Teams"]).split(" & "))) > 1 for p in standing)
    return {
        "Rounds opened": str(len({p["Round"] for p in pairings})),
        "Pairings": f"{len(standing)}, of them {across} across teams",
        "Meetings": _meetings(play),
        "People did": _counted(did),
        "Mails sent": _counted(letters),
        "Mails read": _counted(replies),
        "Commitments": f"{len(commitments)} made: {_counted(outcomes)}",
        "Follow-through": _follow_through(play),
    }


def _meetings(play: Play) -> str:
    months = rows(play, play.company.config.programme_spreadsheet, "Overview")
    held, unknown = (sum(m[name] or 0 for m in months) for name in ("Meetings held", "Meetings not known"))
    return f"{held} held; whether {unknown} more were, nobody has said"


def _follow_through(play: Play) -> str:
    """Return what Start here says of it, so that the two agree."""
    lines = rows(play, play.company.config.programme_spreadsheet, "Start here")
    told = (str(line["In words"]) for line in lines if in_english(line["Topic"]) == "Follow-through")
    return next(told, "too early to tell")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in counts.most_common()) or "none"


def _problems(play: Play) -> Table | str:
    found = rows(play, play.company.config.programme_spreadsheet, "Problems")
    if not found:
        return "No open problems."
    table = Table(title=f"Open problems: {len(found)}", title_justify="left")
    for name in ("Where", "What is wrong", "What to do"):
        table.add_column(name)
    for problem in found[:MOST_PROBLEMS]:
        where = f"{problem['Tab']}, row {problem['Row']}" if problem["Row"] else str(problem["Tab"])
        table.add_row(where, str(problem["What is wrong"]), str(problem["What to do"]))
    if len(found) > MOST_PROBLEMS:
        table.add_row("", f"and {len(found) - MOST_PROBLEMS} more, on the tab Problems", "")
    return table
