"""The job ``book_first_meetings``: books each pair's first meeting, introduces partners, follows what people do.

The calendar is the truth about a meeting: every run reads it back. The column *For Peerpact* keeps what only we
know: which event is ours, when we last wrote it, whether it was moved once already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.calendars import MARK, Busy, moment
from peerpact.google.credentials import COMPOSE, EVENTS, FREE_BUSY, METADATA
from peerpact.google.doors import Doors
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import Programme, read_programme
from peerpact.jobs.job import Done, Job, Plan, Run, over_limit
from peerpact.jobs.posting import Post, language_of
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.faults import Fault
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.keys import event_id
from peerpact.programme.meetings import (
    Availability,
    EventSeen,
    Followed,
    Guest,
    MeetingRecord,
    MeetingRules,
    MeetingState,
    MeetingWish,
    NextStep,
    NoSlot,
    Quality,
    Slot,
    choose_slots,
    follow,
    read_avoided,
    window_of,
)
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.tables.records import pairing_row, read_guidance, read_letters

LOOK_BACK = timedelta(days=45)
"""Events that ended longer ago are not read back any more."""
