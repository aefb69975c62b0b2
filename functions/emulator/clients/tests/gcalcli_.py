"""gcalcli: its commands, as its README shows them, run as a person would."""

import os
import pathlib
import pickle
import subprocess
import sys
from datetime import date, datetime, timedelta

from kit import URL, credentials, run, task

DATA = pathlib.Path.home() / ".local" / "share" / "gcalcli"
DATA.mkdir(parents=True)
(DATA / "oauth").write_bytes(pickle.dumps(credentials()))
FIRST = (date.today().replace(day=28) + timedelta(days=4)).replace(day=1)
"""The first of next month: gcalcli goes by the machine's day."""
BEFORE, AFTER = str(FIRST - timedelta(days=1)), f"{FIRST:%Y-%m}-28"
COMMON = ["--client-id", "x", "--lineart", "ascii", "--nocolor"]


def call(*arguments, answer=None):
    command = [sys.executable, "-m", "workspace_emulator.redirected", URL, "gcalcli", *COMMON, *arguments]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, input=answer, timeout=60, env=dict(os.environ)
    )
    assert done.returncode == 0, (done.stderr or done.stdout).strip().splitlines()[-1]
    return done.stdout


def add(title, when=f"{FIRST:%Y-%m}-01 10:00", *more):
    return call(
        "--calendar",
        "ada@example.com",
        "add",
        "--title",
        title,
        "--when",
        when,
        "--duration",
        "30",
        "--noprompt",
        *more,
    )


def agenda(*more):
    return call("agenda", BEFORE, AFTER, *more)


@task
def lists_calendars():
    assert "ada@example.com" in call("list")


@task
def adds_an_event():
    add("Breakfast")
    assert "Breakfast" in agenda()


@task
def adds_with_a_place_and_a_description():
    add("Lunch", f"{FIRST:%Y-%m}-02 12:00", "--where", "Berlin", "--description", "with Ben")
    assert "Berlin" in agenda("--details", "location")


@task
def adds_a_whole_day():
    call(
        "--calendar",
        "ada@example.com",
        "add",
        "--title",
        "Holiday",
        "--when",
        f"{FIRST:%Y-%m}-24",
        "--allday",
        "--duration",
        "2",
        "--noprompt",
    )
    assert "Holiday" in agenda()


@task
def adds_with_a_guest():
    add("With Ben", f"{FIRST:%Y-%m}-03 10:00", "--who", "ben@example.com")
    assert "ben@example.com" in agenda("--details", "attendees")


@task
def adds_with_reminders():
    add("Reminded", f"{FIRST:%Y-%m}-04 09:00", "--reminder", "15 popup", "--default-reminders")
    assert "Reminded" in agenda("--details", "reminders")


@task
def adds_with_a_colour():
    add("Coloured", f"{FIRST:%Y-%m}-04 11:00", "--color", "tomato")
    assert "Coloured" in agenda()


@task
def adds_by_a_sentence():
    call("--calendar", "ada@example.com", "quick", f"Dinner on {FIRST:%B} 5 7pm-8pm")
    assert "Dinner" in agenda()


@task
def shows_the_description():
    assert "with Ben" in agenda("--details", "description")


@task
def shows_ends_and_lengths():
    assert "10:30" in agenda("--details", "end") or "10:30am" in agenda("--details", "end")
    assert "0:30" in agenda("--details", "length")


@task
def shows_links():
    assert "https://www.google.com/calendar/event" in agenda("--details", "url")


@task
def shows_everything():
    assert "Breakfast" in agenda("--details", "all")


@task
def writes_tabs():
    assert f"{FIRST:%Y-%m}-01\t" in agenda("--tsv")


@task
def writes_json():
    assert agenda("--json").strip().startswith("[") if "--json" in call("agenda", "--help") else True


@task
def searches():
    found = call("search", "Breakfast", BEFORE, AFTER)
    assert "Breakfast" in found
    assert "Lunch" not in found


@task
def searches_with_details():
    assert "Berlin" in call("search", "Lunch", BEFORE, AFTER, "--details", "location")


@task
def shows_the_week():
    assert "Breakfast" in call("calw", f"{FIRST:%Y-%m}-01", "1")


@task
def shows_several_weeks():
    assert "Dinner" in call("calw", f"{FIRST:%Y-%m}-01", "2")


@task
def shows_the_month():
    assert "Breakfast"[:8] in call("calm", f"{FIRST:%Y-%m}-01")


@task
def starts_weeks_on_monday():
    assert "Breakfast" in call("calw", f"{FIRST:%Y-%m}-01", "1", "--monday")


@task
def leaves_out_what_has_begun():
    assert "Breakfast" in call("agenda", BEFORE, AFTER, "--nostarted")


@task
def leaves_out_declined_events():
    assert "Breakfast" in agenda("--nodeclined")


@task
def deletes_an_event():
    add("Gone", f"{FIRST:%Y-%m}-06 10:00")
    call("--calendar", "ada@example.com", "delete", "Gone", BEFORE, AFTER, "--iamaexpert")
    assert "Gone" not in agenda()


@task
def edits_an_event():
    add("Editable", f"{FIRST:%Y-%m}-07 10:00")
    call(
        "--calendar",
        "ada@example.com",
        "edit",
        "Editable",
        BEFORE,
        AFTER,
        answer="t\nEdited\ns\nq\n",
    )
    assert "Edited" in agenda()


@task
def imports_a_file():
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:1@elsewhere",
        f"DTSTART:{FIRST:%Y%m}08T100000Z",
        f"DTEND:{FIRST:%Y%m}08T110000Z",
        "SUMMARY:Imported",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    pathlib.Path("events.ics").write_text("\r\n".join(lines))
    try:
        call("--calendar", "ada@example.com", "import", "events.ics")
    except AssertionError as error:
        assert "vobject" in str(error)
        return
    assert "Imported" in call("agenda", f"{FIRST:%Y-%m}-01", f"{FIRST:%Y-%m}-20")


@task
def reminds():
    call("remind", "30", "echo %s")


@task
def finds_conflicts():
    add("Same time", f"{FIRST:%Y-%m}-01 10:15")
    assert "Same time" in call("conflicts", "", BEFORE, AFTER)


@task
def updates_from_a_table():
    table = f"id\ttitle\tstart_date\tstart_time\tend_date\tend_time\n\tTabled\t{FIRST:%Y-%m}-09\t10:00\t{FIRST:%Y-%m}-09\t11:00\n"
    pathlib.Path("table.tsv").write_text(table)
    call("--calendar", "ada@example.com", "agendaupdate", "table.tsv")
    assert "Tabled" in agenda()


@task
def lists_what_was_changed():
    assert "Breakfast" in call("updates", datetime.now().strftime("%Y-%m-%d"), BEFORE, AFTER)


@task
def chooses_calendars():
    assert "Breakfast" in call("--calendar", "ada", "agenda", BEFORE, AFTER)


@task
def says_its_version():
    assert "4." in call("--version")


run()
