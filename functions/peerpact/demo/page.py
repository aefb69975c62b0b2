"""The demo's page: the programme at a glance, the six jobs to preview and run, and time to let pass.

The spreadsheets, calendars and mailboxes beside it are the local Workspace's own pages.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from nicegui import run, ui

from peerpact.demo.guide import guided_minute, title, two_phones
from peerpact.demo.play import Play
from peerpact.demo.summary import rows
from peerpact.demo.why import why_these_two
from peerpact.errors import PeerpactError
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS, Job
from peerpact.programme.limits import in_numbers
from peerpact.programme.sentences import in_english
from workspace_emulator.pages import Panel, Visit, heading
from workspace_emulator.pages import serve as serve_pages

TOLD = (
    "Proposals",
    "Requests",
    "Problems",
    "Mails that need a person",
    "Taking part",
    "Pairings",
    "Meetings",
    "Follow-through",
)
"""The lines of Start here that the page shows; it counts nothing itself, so that the two agree."""
SELDOM = "Mails that need a person"
"""Shown only where there are some."""
JOBS_BESIDE = (
    "grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr));margin-top:.75rem;align-items:start"
)
SEEN_IN = {
    "check_roster": "Start here",
    "pair_people": "Pairings",
    "book_first_meetings": "Pairings, or their calendars",
    "send_follow_ups": "their mailboxes",
    "collect_replies": "their mailboxes",
    "report": "Overview",
}
"""Where one sees what a job did."""
MOST_TOLD = 2
"""Things that happened at one moment and are told in words."""
LONGEST_JUMP = timedelta(days=21)
"""A jump ends here when nothing happens before."""


def serve(play: Play, held: socket.socket, *, on_ready: Callable[[str], None] | None = None) -> None:
    """Serve the local Workspace's pages with the programme's own as the first; returns when it is stopped."""
    company = play.company
    desk = ProgrammePage(play)
    panel = Panel(
        title="Programme",
        icon="diversity_3",
        path="/",
        build=desk.build,
        summary="The programme at a glance, its six jobs, and time to let pass.",
    )
    serve_pages(
        company.workspace,
        company.front,
        held=held,
        title="Peerpact",
        panels=(panel, two_phones(play)),
        viewer=company.admin,
        on_ready=on_ready,
    )


class ProgrammePage:
    """What the visitor sees and does about the programme. One job at a time, whoever presses the button."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._lock = threading.Lock()

    def build(self, visit: Visit) -> None:
        """Fill the page for one visitor."""
        company = self._play.company
        heading(
            "Peer mentoring",
            f"{company.name}'s programme, played on a Google Workspace on this machine; nothing leaves it. "
            "Begin with “One minute”; then be anybody, and let time pass.",
        )
        guided_minute(self._play)
        columns = "grid-template-columns:repeat(auto-fill,minmax(min(100%,max(240px,22%)),1fr))"
        glance = ui.element("div").classes("tiles").style(columns)

        def show() -> None:
            glance.clear()
            with glance:
                self._glance()

        def passed(said: str) -> None:
            show()
            told.set_text(said)

        show()
        with ui.row().classes("q-mt-md items-center"):
            self._time_button("Jump to the next thing that happens", "fast_forward", self._next_thing, passed)
            self._time_button("Let a day pass", "bedtime", lambda: self._pass(timedelta(days=1)), passed)
            sheet = f"/spreadsheets/{company.config.programme_spreadsheet}"
            ui.button(
                "Open the spreadsheet", icon="table_chart", on_click=lambda: ui.navigate.to(sheet)
            ).props("outline")
        told = ui.label().classes("step q-mb-md").style("font-weight:600").props('role="status"')
        why_these_two(self._play, self._alone)
        with ui.element("div").classes("tiles").style(JOBS_BESIDE):
            for job in JOBS.values():
                self._job_card(job, show)
        self._hints()
        del visit

    def _alone(self, look: Callable[[], list[str]]) -> list[str]:
        with self._lock:
            return look()

    def _glance(self) -> None:
        now = self._play.company.workspace.clock.now()
        self._tile(f"{now.day} {now:%B %Y}", "Today", f"{now:%A, %H:%M} UTC", "/clock")
        programme = self._play.company.config.programme_spreadsheet
        told = {in_english(line["Topic"]): line for line in rows(self._play, programme, "Start here")}
        for topic in (t for t in TOLD if t in told and (told[t]["Figure"] or t != SELDOM)):
            line = told[topic]
            figure = f"{line['Figure']}{' %' if topic == 'Follow-through' and line['Figure'] != '' else ''}"
            where = str(line["Address"]).rpartition("#")[2]
            self._tile(
                figure or "–",
                line["Topic"],
                str(line["In words"]),
                f"/spreadsheets/{programme}?{where}&as={self._play.company.admin}",
            )

    def _tile(self, figure: str, topic: str, words: str, link: str) -> None:
        with ui.link(target=link).classes("tile").style("text-decoration:none;color:inherit"):
            ui.label(figure).style("font-size:1.5rem;font-weight:600")
            ui.label(topic).style("font-weight:600")
            ui.label(words).classes("muted")

    def _job_card(self, job: Job, refresh: Callable[[], None]) -> None:
        with ui.element("div").classes("sheet-card").style("padding:1rem 1.25rem"):
            with ui.row().classes("items-center w-full"):
                with ui.column().classes("gap-0").style("flex:1 1 200px;min-width:0"):
                    ui.label(job.name).style("font-weight:600")
                    ui.label(job.summary).classes("muted")
                preview = ui.button("Preview", icon="visibility").props("outline")
                apply = ui.button("Run", icon="play_arrow")
            result = ui.column().classes("gap-1 w-full")
        preview.on_click(lambda: self._show(result, job, preview, apply=False, refresh=refresh))
        apply.on_click(lambda: self._show(result, job, apply, apply=True, refresh=refresh))

    async def _show(
        self, result: Any, job: Job, button: Any, *, apply: bool, refresh: Callable[[], None]
    ) -> None:
        button.props("loading")
        try:
            outcome = await run.io_bound(self._work, job, apply=apply)
        except PeerpactError as error:
            ui.notify(str(error), type="negative", multi_line=True, close_button="Close")
            return
        finally:
            button.props(remove="loading")
        result.clear()
        if outcome is not None:
            with result:
                self._outcome(outcome)
        if apply:
            refresh()

    def _work(self, job: Job, *, apply: bool) -> running.Outcome:
        company = self._play.company
        with self._lock:
            if apply:
                return running.run(job, lambda: company.access(job), company.workspace.clock.now)
            return running.preview(job, company.access(job), company.workspace.clock.now())

    def _outcome(self, outcome: running.Outcome) -> None:
        ui.separator()
        said = "Done" if outcome.applied else "Would be done"
        count = len(outcome.plan.actions)
        ui.label(
            f"{said}: {count or 'nothing'}{'' if not count else ' action' if count == 1 else ' actions'}"
        )
        for action in outcome.plan.actions[:40]:
            ui.label(f"• {action.sentence()}").style("white-space:pre-line")
        if count > 40:
            ui.label(f"… and {count - 40} more").classes("muted")
        for problem in (outcome.plan.problems or ())[:12]:
            where = f"{problem.tab}, row {problem.row}" if problem.row else problem.tab
            ui.label(f"⚠ {where}: {problem.what} {problem.remedy}")

    def _time_button(
        self, text: str, icon: str, pass_time: Callable[[], str], passed: Callable[[str], None]
    ) -> None:
        button = ui.button(text, icon=icon)

        async def press() -> None:
            button.props("loading")
            try:
                said = await run.io_bound(pass_time)
            finally:
                button.props(remove="loading")
            passed(
                said or ""
            )  # stays on the page until time passes again: a notice is gone before it is read

        button.on_click(press)

    def _next_thing(self) -> str:
        """Let time pass until a job does something or somebody acts; at most three weeks."""
        with self._lock:
            clock, play = self._play.company.workspace.clock, self._play
            before = self._happenings()
            for moment in play.until(clock.now() + LONGEST_JUMP):
                after = self._happenings()
                if after != before:
                    clock.set(moment)
                    return f"{moment:%A}, {moment.day} {moment:%B, %H:%M} UTC. {self._told(before)}"
            return "Nothing happened for three weeks."

    def _pass(self, how_long: timedelta) -> str:
        with self._lock:
            clock = self._play.company.workspace.clock
            for _ in self._play.until(clock.now() + how_long):
                pass
            now = clock.now()
            return f"It is {now:%A}, {now.day} {now:%B, %H:%M} UTC."

    def _happenings(self) -> tuple[int, int]:
        """Count what has happened so far: writing calls by the jobs, and what people did."""
        writes = sum(c.kind == "write" for c in self._play.company.workspace.calls)
        return writes, len(self._play.colleagues.told)

    def _told(self, before: tuple[int, int]) -> str:
        """Say what people did, or what the job that ran has done, and where that is seen."""
        if did := self._play.colleagues.told[before[1] :]:
            more = len(did) - MOST_TOLD
            others = f", and {more} more things" if more > 1 else ", and 1 more thing" if more else ""
            return f"{'; '.join(did[:MOST_TOLD])}{others if more > 0 else ''}. The next jobs read it."
        done = self._play.latest
        if done is None or not done.plan.actions:
            return "A job has looked and noted it on Runs."
        return f"{done.job}: {in_numbers(done.plan)}. Open {SEEN_IN[done.job]}."

    def _hints(self) -> None:
        title("More to try")
        for hint in (
            "As the People team: open the spreadsheet, give somebody on the roster a time zone that does not exist, "
            "run check_roster, and look at the tab Problems.",
            "As a participant: choose somebody at the top right, open their mailbox, answer a mail, "
            "run collect_replies, and read the acknowledgement. Their partner hears of it a day later.",
            "In somebody's calendar: move or decline a first meeting, run book_first_meetings, and look at Pairings.",
        ):
            ui.label(f"• {hint}").classes("muted")
