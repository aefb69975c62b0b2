"""The programme's settings as values. Where admins type them, and their problems, is ``tables.settings``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from peerpact.programme.people import WorkingHours

EVERYBODY = "everybody is in"
"""Else only who says yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field per row of the tab Settings; names, defaults and meanings are in sheets_schema/settings.toml."""

    programme_name: str = "Peer mentoring"
    company: str = ""
    contact: str = ""
    confidential_contact: str = ""
    """Who gets to hear words of distress; nobody by default, and never an admin for being one."""
    admins: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Whose addresses are the company's; none: the mailbox's own domain."""
    first_round: date | None = None
    round_months: int = 3
    announcement_days: int = 5
    who_is_in: str = EVERYBODY
    review_days: int = 3
    mode: str = "across teams"
    chain_levels: int | None = None
    include_top: bool = False
    points_same_team: int = 100
    points_same_department: int = 30
    points_repeat: int = 400
    points_no_language: int = 300
    points_missing_hour: int = 15
    enough_hours: int = 5
    points_no_interest: int = 0
    points_no_topic: int = 0
    points_third: int = 60
    time_zone: str = "Etc/UTC"
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    language: str = "en"
    admin_language: str = "en"
    """In which Peerpact says what it says to admins."""
    comments_at_cells: bool = True
    meeting_minutes: int = 45
    meeting_weeks: int = 4
    """From one meeting of a pair to the next; 0: each pair plans its own."""
    earliest_working_day: int = 2
    latest_working_day: int = 10
    buffer_minutes: int = 10
    avoid: str = ""
    letter_hour: int = 9
    reminder_days: int = 7
    most_letters: int = 1000
    most_ended: int = 20
    held_days: int = 5
    grace_days: int = 7
    wish_days: int = 2
    """Working days from asking for another partner, which can be taken back, until the pairing ends."""
    retention_months: int = 6

    def most_ended_of(self, standing: int) -> int:
        """Return how many of so many standing pairings may end without an admin's yes: at least one."""
        return max(1, standing * self.most_ended // 100)
