"""The scopes of Google's that anything here asks for: their names, and no library of Google's."""

from __future__ import annotations

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
CLOUD = "https://www.googleapis.com/auth/cloud-platform"
EVENTS = "https://www.googleapis.com/auth/calendar.events.owned"
HOURS = "https://www.googleapis.com/auth/calendar.calendars.readonly"
FREE_BUSY = "https://www.googleapis.com/auth/calendar.freebusy"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
METADATA = "https://www.googleapis.com/auth/gmail.metadata"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
DIRECTORY = "https://www.googleapis.com/auth/admin.directory.user.readonly"

SCOPES = {
    "meetings": (EVENTS, HOURS),
    "availability": (FREE_BUSY,),
    "letters": (COMPOSE, METADATA),
    "replies": (MODIFY,),
    "directory": (DIRECTORY,),
    "setup": (SHEETS, DRIVE_FILE),
}
"""What each delegate is granted in the Admin console; the one for setting up has those of the others as well."""
