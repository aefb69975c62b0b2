"""A roster of another program, brought into the spreadsheet: shown first, then written; nothing else is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cast import Cast
from peerpact.errors import SheetError
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.import_roster import Import, carry_out, plan_import, told, usable_file

HEADER = "Employee ID,Worker,Email - Primary Work,Supervisory Organization,Worker's Manager,Hire date,Hours"


def planned(
    cast: Cast,
    tmp_path: Path,
    *lines: str,
    header: str = HEADER,
    without_managers: bool = False,
    **options: Any,
) -> Import:
    path = tmp_path / "export.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    file = usable_file(path, without_managers=without_managers)
    return plan_import(cast.company.access(JOBS["check_roster"]), file, path.name, **options)


def everybody(cast: Cast) -> list[str]:
    rows = cast.tab("Roster")
    names = {r["E-mail"]: r["Name"] for r in rows}
    return [
        f"{n},{r['Name']},{r['E-mail']},{r['Team']},{names.get(r['Manager'], '')},,"
        for n, r in enumerate(rows)
    ]


def test_says_what_it_would_add_change_and_end_and_does_nothing(cast: Cast, tmp_path: Path) -> None:
    lines = everybody(cast)
    lines[1] = lines[1].replace("Sales", "Trade")
    plan = planned(cast, tmp_path, *lines[:-1], '99,"NEU, Nia",nia@example.com,Trade,Ada Boss,20260105,9-5')
    said = list(told(plan, "export.csv"))
    gone = cast.tab("Roster")[-1]["E-mail"]
    assert "  Name is “Worker”" in said
    assert "  Not used: “Employee ID”" in said
    assert "New: 1: Nia Neu (nia@example.com)" in said
    assert "  ben@example.com: Team “Sales” → “Trade”" in said
    assert f"Leave (“no” for Taking part): 1: {gone}" in said
    assert cast.writes() == 0


def test_writes_what_it_said_and_nothing_the_second_time(cast: Cast, tmp_path: Path) -> None:
    before = {r["E-mail"]: r for r in cast.tab("Roster")}
    lines = [*everybody(cast), '99,"NEU, Nia",nia@example.com,Trade,"Boss, Ada",20260105,9-5']
    access = cast.company.access(JOBS["check_roster"])
    path = tmp_path / "export.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    carry_out(access, plan_import(access, usable_file(path), path.name))
    after = {r["E-mail"]: r for r in cast.tab("Roster")}
    nia = after.pop("nia@example.com")
    assert after == before
    assert {k: nia[k] for k in ("Name", "Team", "Manager", "Working hours", "Joined")} == {
        "Name": "Nia Neu",
        "Team": "Trade",
        "Manager": "ada@example.com",
        "Working hours": "9-5",
        "Joined": "2026-01-05",
    }
    assert planned(cast, tmp_path, *lines).is_empty


def test_says_who_is_in_the_file_twice_and_shows_days_as_days(cast: Cast, tmp_path: Path) -> None:
    lines = everybody(cast)
    lines[1] = lines[1][: lines[1].rindex(",,")] + ",20260105,"
    plan = planned(cast, tmp_path, *lines, lines[2].replace("@example.com", "@EXAMPLE.com"))
    said = list(told(plan, "export.csv"))
    assert "  ben@example.com: Joined (empty) → “2026-01-05”" in said
    [twice] = [line for line in said if "twice" in line]
    assert twice == (
        f"  row {len(lines) + 2}, cleo@example.com, E-mail: Cleo Clark is listed twice on the roster (also in row 4, "
        "which counts). Delete one of the two rows."
    )
    assert not plan.added


def test_deletes_none_of_two_people_of_one_address(cast: Cast, tmp_path: Path) -> None:
    lines = everybody(cast)
    plan = planned(cast, tmp_path, *lines, lines[2].replace("Cleo Clark", "Carl Clark"))
    [shared] = [line for line in told(plan, "export.csv") if "same address" in line]
    assert shared.endswith(
        "Carl Clark has the same address as Cleo Clark in row 4, which counts. If they are two people, enter each "
        "one's own address. If they are one, delete one of the two rows."
    )


def test_leaves_what_the_file_does_not_have_or_cannot_say(cast: Cast, tmp_path: Path) -> None:
    lines = [
        line.replace(",,", ",,sometime", 1) if n == 2 else line for n, line in enumerate(everybody(cast))
    ]
    plan = planned(cast, tmp_path, *lines)
    assert (plan.added, plan.changed, plan.leavers) == ((), (), ())
    assert [p.column for p in plan.problems] == ["Working hours"]


def test_refuses_a_file_without_managers_unless_told(cast: Cast, tmp_path: Path) -> None:
    lines = [line.rsplit(",", 3)[0] + ",,," for line in everybody(cast)]
    with pytest.raises(SheetError, match="names no managers, so people could be paired with their own"):
        planned(cast, tmp_path, *lines)
    assert planned(cast, tmp_path, *lines, without_managers=True).is_empty


def test_refuses_a_file_that_lacks_many_unless_told(cast: Cast, tmp_path: Path) -> None:
    half = everybody(cast)[:3]
    with pytest.raises(SheetError, match=r"people who take part are not in export\.csv"):
        planned(cast, tmp_path, *half)
    assert len(planned(cast, tmp_path, *half, with_leavers=True).leavers) > 2


def test_says_before_anything_is_written_which_managers_cannot_be_told(cast: Cast, tmp_path: Path) -> None:
    lines = everybody(cast)
    lines[1] = lines[1].replace("Ada Boss", "Boss")
    gone = cast.tab("Roster")[-1]
    lines[2] = lines[2].replace("Ada Boss", gone["Name"])
    said = list(told(planned(cast, tmp_path, *lines[:-1]), "export.csv"))
    head = said.index("To be put right, in export.csv or afterwards in the tab: 1")
    assert said[head + 1 :] == [
        "  row 3, ben@example.com, Manager: The manager of Ben Berg can't be told: nobody on the roster is called "
        "“Boss”. Until then nobody is paired with them, as it might be their manager. Enter the e-mail address. Did "
        "you mean Ada Boss (ada@example.com)?"
    ]


def test_whoever_has_left_counts_as_not_in_the_file(cast: Cast, tmp_path: Path) -> None:
    lines = [f"{line},{'2025-12-31' if n == 1 else ''}" for n, line in enumerate(everybody(cast))]
    lines.append("99,Nia Neu,nia@example.com,Trade,Ada Boss,,,2024-01-31")
    plan = planned(cast, tmp_path, *lines, header=f"{HEADER},Termination date")
    said = list(told(plan, "export.csv"))
    name = cast.tab("Roster")[1]["Name"]
    assert f"Have left by “Termination date”, so they count as not in the file: 2: {name}, Nia Neu" in said
    assert "New: 0" in said
    assert plan.leavers == (cast.tab("Roster")[1]["E-mail"],)
