"""gcsa: what its README and getting-started pages speak of."""

from datetime import date, datetime, time, timedelta

from gcsa.acl import ACLRole, ACLScopeType, AccessControlRule
from gcsa.attendee import Attendee
from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.conference import ConferenceSolutionCreateRequest
from gcsa.event import Event, Visibility
from gcsa.google_calendar import GoogleCalendar
from gcsa.recurrence import DAILY, Recurrence, WEEKLY
from gcsa.reminders import EmailReminder, PopupReminder
from kit import BEN, credentials, lead_here, run, same, task

lead_here()
mine = GoogleCalendar(credentials=credentials())
bens = GoogleCalendar(credentials=credentials(BEN))
START = datetime.combine(date.today() + timedelta(days=5), time(10))
DAY = START.date()
events = {}


def add(summary, **more):
    event = mine.add_event(Event(summary, start=more.pop("start", START), timezone="Europe/Berlin", **more))
    events[summary] = event
    return event


@task
def adds_an_event():
    same(add("Breakfast").summary, "Breakfast")


@task
def gets_an_event():
    same(mine.get_event(events["Breakfast"].id).summary, "Breakfast")


@task
def lists_events_of_a_time():
    same(
        [
            e.summary
            for e in mine.get_events(
                START - timedelta(hours=1), START + timedelta(days=1), timezone="Europe/Berlin"
            )
        ],
        ["Breakfast"],
    )


@task
def slices_events():
    assert any(e.summary == "Breakfast" for e in mine[DAY - timedelta(days=1) : DAY + timedelta(days=1)])


@task
def iterates_over_the_calendar():
    add("Today", start=datetime.now() + timedelta(hours=2))
    assert "Today" in [e.summary for e in mine]


@task
def says_whether_an_event_is_in_the_calendar():
    assert events["Breakfast"] in mine


@task
def updates_an_event():
    event = events["Breakfast"]
    event.location = "Berlin"
    same(mine.update_event(event).location, "Berlin")


@task
def adds_a_whole_day():
    event = add("Holiday", start=DAY + timedelta(days=23), end=DAY + timedelta(days=26))
    same(mine.get_event(event.id).end, DAY + timedelta(days=26))


@task
def sets_colour_and_visibility():
    event = add("Secret", color_id="5", visibility=Visibility.PRIVATE)
    got = mine.get_event(event.id)
    same((got.color_id, got.visibility), ("5", "private"))


@task
def sets_reminders():
    event = add(
        "Reminded", reminders=[EmailReminder(minutes_before_start=30), PopupReminder(minutes_before_start=10)]
    )
    same(sorted(r.method for r in mine.get_event(event.id).reminders), ["email", "popup"])


@task
def invites_attendees():
    event = add("Lunch", attendees=[Attendee("ben@example.com", display_name="Ben")])
    same(mine.get_event(event.id).attendees[0].email, "ben@example.com")
    same(
        [e.summary for e in bens.get_events(START - timedelta(days=1), START + timedelta(days=1))], ["Lunch"]
    )


@task
def sends_updates():
    event = events["Lunch"]
    event.summary = "Late lunch"
    mine.update_event(event, send_updates="all")


@task
def makes_a_meeting():
    event = add("Call", conference_solution=ConferenceSolutionCreateRequest(solution_type="hangoutsMeet"))
    assert mine.get_event(event.id).conference_solution.entry_points


@task
def repeats_an_event():
    event = add("Daily", recurrence=[Recurrence.rule(freq=DAILY, count=4)])
    events["Daily"] = event
    same(len(list(mine.get_instances(event, START - timedelta(days=1), START + timedelta(days=9)))), 4)


@task
def unfolds_repeated_events():
    found = mine.get_events(
        START - timedelta(days=1), START + timedelta(days=9), single_events=True, query="Daily"
    )
    same(len(list(found)), 4)


@task
def changes_one_occurrence():
    second = list(mine.get_instances(events["Daily"]))[1]
    second.summary = "Other"
    mine.update_event(second)
    same([e.summary for e in mine.get_instances(events["Daily"])], ["Daily", "Other", "Daily", "Daily"])


@task
def deletes_one_occurrence():
    mine.delete_event(list(mine.get_instances(events["Daily"]))[2])
    same(len(list(mine.get_instances(events["Daily"]))), 3)


@task
def leaves_out_dates_of_a_rule():
    event = add(
        "Weekly",
        recurrence=[
            Recurrence.rule(freq=WEEKLY, count=3),
            Recurrence.exclude_times(START + timedelta(days=7), timezone="Europe/Berlin"),
        ],
    )
    same(len(list(mine.get_instances(event))), 2)


@task
def searches_by_words():
    same(
        [
            e.summary
            for e in mine.get_events(DAY - timedelta(days=99), DAY + timedelta(days=99), query="Holiday")
        ],
        ["Holiday"],
    )


@task
def orders_by_start_and_by_change():
    for order in ("startTime", "updated"):
        found = list(mine.get_events(START, START + timedelta(days=40), order_by=order, single_events=True))
        assert len(found) > 3


@task
def adds_by_a_sentence():
    same(mine.add_quick_event("Dinner on December 5 7pm-8pm").summary, "Dinner")


@task
def imports_an_event():
    event = Event("Imported", start=START, iCalUID="abc@elsewhere.example", timezone="Europe/Berlin")
    same(mine.import_event(event).summary, "Imported")


@task
def keeps_properties_of_its_own():
    event = Event(
        "Marked", start=START, timezone="Europe/Berlin", extendedProperties={"private": {"key": "value"}}
    )
    event = mine.add_event(event)
    found = list(
        mine.get_events(
            START - timedelta(days=1), START + timedelta(days=1), privateExtendedProperty="key=value"
        )
    )
    same([e.id for e in found], [event.id])


@task
def deletes_an_event():
    mine.delete_event(events["Secret"])
    same(mine.get_event(events["Secret"].id).other.get("status"), "cancelled")


@task
def makes_renames_and_deletes_calendars():
    calendar = mine.add_calendar(Calendar("Team", description="Ours", timezone="Europe/Berlin"))
    calendar.summary = "The team"
    same(mine.update_calendar(calendar).summary, "The team")
    events["calendar"] = calendar


@task
def moves_an_event_to_another_calendar():
    moved = mine.move_event(events["Reminded"], destination_calendar_id=events["calendar"].id)
    same(mine.get_event(moved.id, calendar_id=events["calendar"].id).summary, "Reminded")


@task
def lists_calendars():
    same([c.summary for c in mine.get_calendar_list()], ["ada@example.com", "The team"])


@task
def changes_an_entry_of_the_list():
    entry = CalendarListEntry(events["calendar"].id, color_id="2", summary_override="We")
    same(mine.update_calendar_list_entry(entry).summary_override, "We")
    same(mine.get_calendar_list_entry(events["calendar"].id).color_id, "2")


@task
def shares_a_calendar():
    rule = AccessControlRule(role=ACLRole.READER, scope_type=ACLScopeType.USER, scope_value="ben@example.com")
    rule = mine.add_acl_rule(rule, calendar_id=events["calendar"].id)
    same(len(list(mine.get_acl_rules(calendar_id=events["calendar"].id))), 2)
    bens.add_calendar_list_entry(CalendarListEntry(events["calendar"].id))
    rule.role = ACLRole.WRITER
    same(mine.update_acl_rule(rule, calendar_id=events["calendar"].id).role, "writer")
    mine.delete_acl_rule(rule, calendar_id=events["calendar"].id)


@task
def deletes_a_calendar():
    mine.delete_calendar(events["calendar"])
    same([c.summary for c in mine.get_calendar_list()], ["ada@example.com"])


@task
def lists_colours():
    same((len(mine.list_event_colors()), len(mine.list_calendar_colors())), (11, 24))


@task
def reads_settings():
    same(mine.get_settings().timezone, "Europe/Berlin")


@task
def asks_for_free_and_busy():
    free = mine.get_free_busy(
        resource_ids=["ada@example.com", "ben@example.com"],
        time_min=START - timedelta(hours=1),
        time_max=START + timedelta(hours=3),
        timezone="Europe/Berlin",
    )
    assert free.calendars["ben@example.com"]


@task
def clears_the_calendar():
    mine.clear_calendar()
    same(list(mine.get_events(DAY - timedelta(days=99), DAY + timedelta(days=99))), [])


run()
