"""Letters: what each says as a value, and how it becomes an e-mail in somebody's language.

That letters leave once is the outbox's affair.
"""

from peerpact.letters.kinds import (
    LETTERS,
    Acknowledgement,
    Announcement,
    AskAgain,
    Care,
    Closing,
    CommitmentRequest,
    Digest,
    FollowUp,
    ForgetMe,
    Introduction,
    Invitation,
    LeftOver,
    Letter,
    MeetingTime,
    MyData,
    PartnerLeft,
    PickATime,
    Reminder,
    Sender,
    Status,
    Turn,
    folder_of,
)
from peerpact.letters.message import display_name, message
from peerpact.letters.rendering import Rendered, leaving_link, next_meeting_link, render, with_subject
from peerpact.letters.translations import our_sentences, side_by_side

__all__ = [
    "LETTERS",
    "Acknowledgement",
    "Announcement",
    "AskAgain",
    "Care",
    "Closing",
    "CommitmentRequest",
    "Digest",
    "FollowUp",
    "ForgetMe",
    "Introduction",
    "Invitation",
    "LeftOver",
    "Letter",
    "MeetingTime",
    "MyData",
    "PartnerLeft",
    "PickATime",
    "Reminder",
    "Rendered",
    "Sender",
    "Status",
    "Turn",
    "display_name",
    "folder_of",
    "leaving_link",
    "message",
    "next_meeting_link",
    "our_sentences",
    "render",
    "side_by_side",
    "with_subject",
]
