"""First meetings: the best slot for everybody in a pairing, and what to do about what people do with it."""

from peerpact.programme.meetings.following import (
    EventSeen,
    Followed,
    Guest,
    MeetingRecord,
    MeetingState,
    NextStep,
    follow,
    may_touch,
)
from peerpact.programme.meetings.rules import MeetingRules, read_avoided
from peerpact.programme.meetings.slots import (
    Availability,
    MeetingWish,
    NoSlot,
    Quality,
    Slot,
    choose_slots,
    days_of,
    no_slot,
    window_of,
)

__all__ = [
    "Availability",
    "EventSeen",
    "Followed",
    "Guest",
    "MeetingRecord",
    "MeetingRules",
    "MeetingState",
    "MeetingWish",
    "NextStep",
    "NoSlot",
    "Quality",
    "Slot",
    "choose_slots",
    "days_of",
    "follow",
    "may_touch",
    "no_slot",
    "read_avoided",
    "window_of",
]
