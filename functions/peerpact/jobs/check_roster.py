"""The job ``check_roster``: reads the admins' tabs, says on Problems what can't be used, keeps Start here current."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from peerpact.errors import SheetError
from peerpact.google.access import Access
from peerpact.google.sheets import Replace, Upsert, Workbook
from peerpact.jobs.accounts import accounts_of, closed_accounts
from peerpact.jobs.cell_comments import comment_at_cells
from peerpact.jobs.job import Change, Done, Run, Steps
from peerpact.jobs.mailboxes import (
    Written,
    gathered,
    has_one_written,
    look_at_shares,
    several_mailboxes,
    write_shares,
)
from peerpact.jobs.programme_tabs import Directory, read_programme
from peerpact.programme.announcements.due import round_ahead
from peerpact.programme.figures.dashboard import Line
from peerpact.programme.mailboxes import BringTogether, Mailboxes, unreadable_homes, with_noted
from peerpact.programme.plan import Plan
from peerpact.programme.roster.actions import ApprovePairing, PlanExamples, ShowNextRound
from peerpact.programme.roster.asked import NEXT_ROUND, PREVIEW, with_pause
from peerpact.programme.roster.comments import CommentAtCells
from peerpact.programme.roster.decision import AdminTabs, RefreshStartHere, decide
from peerpact.programme.roster.preview import Preview, preview
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import as_written, in_language, say
from peerpact.tables.cells import Link
from peerpact.tables.days_off import TAB as DAYS_OFF
from peerpact.tables.records import (
    EnteredPairs,
    as_row,
    pairing_row,
    read_entered_pairs,
    read_figures,
    read_history,
)
from peerpact.tables.settings import places_of_settings
from peerpact.tables.start_here import read_asked

PAIR_TABS = ("Never pair", "Locked pairs")
OTHER_TABS = ("Guidance", "Pairings", "Requests", "Start here", "Overview")
"""Tabs whose cells can be wrong, too, the system's own among them: admins decide there."""

COMMENTED_TABS = ("Roster", DAYS_OFF, *PAIR_TABS, *OTHER_TABS)
"""Tabs at whose cells comments may be, beside Settings."""
LINKED = {
    "Proposals": ("Pairings", say("Waiting for you")),
    "Pairings": ("Pairings", say("Newest round on top")),
    "Requests": ("Requests", say("Waiting for you")),
    **{title: (title, None) for title in ("Problems", "Roster", "Overview", NEXT_ROUND)},
}
"""Where lines of Start here lead: to a tab, and through one of its views."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(AdminTabs):
    """What admins entered, and what several mailboxes' jobs have written and are given."""

    taken: tuple[Change, ...] = ()
    lacking: tuple[Written, ...] = ()
    """Whose shares lack something of the programme."""


def gather(access: Access, now: datetime) -> Gathered:
    workbook = access.programme
    directory = Directory(closed=partial(closed_accounts, access), accounts=partial(accounts_of, access))
    programme = read_programme(
        workbook,
        now,
        (*PAIR_TABS, "Guidance", "Start here", "Overview"),
        directory=directory,
        keeps_roster=bool(access.config.mailboxes),
    )
    entered = [read_entered_pairs(workbook.contents(title), programme.people) for title in PAIR_TABS]
    asked = read_asked(workbook.contents("Start here"))
    programme = with_pause(programme, asked)
    if asked.has_yes(PREVIEW):
        asked = replace(asked, preview=_next_round(workbook, programme, entered))
    seen = Gathered(
        programme=programme,
        pairs=tuple(pair for tab in entered for pair in tab.pairs),
        problems=(
            *(problem for tab in entered for problem in tab.problems),
            *(problem for title in OTHER_TABS for problem in workbook.contents(title).problems),
        ),
        start_here={r["topic"]: _line(r.values) for r in workbook.contents("Start here").rows},
        figures=read_figures(workbook.contents("Overview")),
        links={name: workbook.address(title, view=view) for name, (title, view) in LINKED.items()},
        needs_a_person=_needs_a_person(workbook),
        asked=asked,
        columns=_columns(workbook),
        settings_rows=places_of_settings(workbook.grid("Settings"))[0],
    )
    several = several_mailboxes(access)
    return with_mailboxes(seen, several, access) if several else seen


def with_mailboxes(seen: Gathered, several: Mailboxes, access: Access) -> Gathered:
    """Return what was gathered with what each of several mailboxes has and lacks."""
    centre = access.programme
    centre.read_more(["Letters"])
    programme = with_noted(
        seen.programme, several, round_ahead(seen.programme), has_one_written=has_one_written(centre)
    )
    written, problems, programme = look_at_shares(access, several, programme)
    taken = gathered(access, written, several, programme)
    lacking = [it for it in written if it.lacks]
    brought = [BringTogether(mailbox=it.place.mailbox, rows=it.lacks) for it in lacking]
    if taken:
        rows = sum(len(change.rows) for change in taken)
        brought.insert(0, BringTogether(mailbox=access.config.mailbox, rows=rows))
    return replace(
        seen,
        programme=programme,
        problems=(*seen.problems, *problems, *unreadable_homes(seen.programme.memory)),
        brought=tuple(brought),
        taken=tuple(taken),
        lacking=tuple(lacking),
    )


def _columns(workbook: Workbook) -> dict[tuple[str, str], int]:
    """Return where the columns are of the tabs that admins see, by tab and name."""
    found = {("Settings", n): i for n, i in places_of_settings(workbook.grid("Settings"))[1].items()}
    for title in (t for t in COMMENTED_TABS if workbook.is_read(t)):
        contents = workbook.contents(title)
        found |= {(title, contents.tab.column(f).name): i for f, i in contents.places.items()}
    return found


def _next_round(
    workbook: Workbook, programme: ProgrammeSeen, entered: Sequence[EnteredPairs]
) -> Preview | None:
    """Read what more the next round's pairings hang on, and pair."""
    from peerpact.programme.pairing.decision import RoundSeen  # noqa: PLC0415 - few runs pair

    workbook.read_more(["History", NEXT_ROUND])
    never, locked = entered
    try:
        history = read_history(workbook.contents("History")).groups
    except SheetError as error:
        return Preview(trouble=error.sentence)
    return preview(
        RoundSeen(
            programme=programme,
            never=tuple(p.people for p in never.pairs),
            locked=locked.pairs,
            held=never.held | locked.held,
            history=history,
        )
    )


def _line(row: Mapping[str, Any]) -> Line:
    """Return a line of Start here as it is."""
    return Line(
        topic=as_written(row["topic"]),
        in_words=as_written(row["in_words"] or ""),
        figure=row["figure"],
        lately=row["lately"] or "",
        link=row["link"] or "",
        outcome=row["outcome"] or "",
    )


def _needs_a_person(workbook: Workbook) -> int:
    """Return how many mails wait for a person, as the last run that counted them noted."""
    counted = [r for r in workbook.contents("Runs").rows if r["needs_a_person"] is not None and r["started"]]
    return int(max(counted, key=lambda r: r["started"])["needs_a_person"]) if counted else 0


def act(plan: Plan, seen: Gathered, access: Access, run: Run) -> Done:
    """Write Start here anew, without the answers that are carried out, at the one moment at which they are."""
    access.programme.commit(seen.taken)
    is_whole, problems = write_shares(seen.lacking, access, seen.programme, run.time_left)
    changes: list[Change] = []
    approved: list[dict[str, Any]] = []
    afterwards: Callable[[], None] | None = None
    for action in plan.actions:
        match action:
            case RefreshStartHere():
                changes.append(Replace("Start here", [_row(line, access.programme) for line in action.lines]))
            case ApprovePairing():
                approved.append(pairing_row(action.pairing, seen.programme.people))
            case ShowNextRound():
                changes.append(Replace(NEXT_ROUND, [as_row(row) for row in action.preview.rows]))
            case PlanExamples():
                access.programme.read_more(["Letters"])
                changes.append(Upsert("Letters", [as_row(record) for record in action.records]))
            case CommentAtCells():
                afterwards = partial(comment_at_cells, action, seen.programme, access.programme)
    approvals = [Upsert("Pairings", approved)] if approved else []
    return Done(
        changes=(*approvals, *changes),
        problems=tuple(problems),
        afterwards=afterwards,
        finished=is_whole,
    )


def _row(line: Line, workbook: Workbook) -> dict[str, Any]:
    """Return a line with its word that leads to the place."""
    word = in_language(say("Open"), workbook.language)
    return as_row(line) | {"open": Link(word, line.link) if line.link else None}


STEPS = Steps(gather=gather, decide=decide, act=act)
