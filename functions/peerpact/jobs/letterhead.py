"""From a letter's words to a message that is ready to leave: sender, reply address, reference, threading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from peerpact.config import Config
from peerpact.google.outbox import LetterToSend
from peerpact.programme.correspondence import LetterRecord, says_of_itself
from peerpact.programme.letter_language import language_of
from peerpact.programme.people import Person
from peerpact.programme.replies.tokens import cycle_of, reply_address
from peerpact.programme.settings import Settings

if TYPE_CHECKING:
    from peerpact.letters import Sender

TOKEN_DAYS = timedelta(days=120)
"""So long a letter may be answered by the token in its reply address alone."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all letters of one run have in common."""

    settings: Settings
    config: Config
    now: datetime

    @property
    def sender(self) -> Sender:
        from peerpact.letters import Sender  # noqa: PLC0415 - most runs write no letter

        return Sender(
            programme_name=self.settings.programme_name,
            mailbox=self.config.mailbox,
            contact=self.settings.contact or self.config.mailbox,
            company=self.settings.company,
        )

    def ready(
        self,
        record: LetterRecord,
        letter: Any,
        to: Person,
        *,
        in_reply_to: str = "",
        subject: str = "",
        thread_id: str = "",
        is_answer: bool = False,
        file: tuple[str, str] | None = None,
    ) -> LetterToSend:
        """Return a letter that the outbox can send; it is rendered when its turn comes."""
        from peerpact import letters as writing  # noqa: PLC0415

        def message() -> EmailMessage:
            language = language_of(to, self.settings)
            rendered = writing.render(letter, language=language)
            if subject:
                rendered = writing.with_subject(rendered, subject)
            return writing.message(
                rendered,
                sender=self.sender,
                to=to,
                reply_to=self.reply_to(record, to),
                key=record.key,
                in_reply_to=in_reply_to,
                is_answer=is_answer,
                file=file,
                about=says_of_itself(record),
                leaving=writing.leaving_link(letter, language=language),
            )

        return LetterToSend(record=record, message=message, thread_id=thread_id)

    def reply_to(self, record: LetterRecord, to: Person) -> str:
        """Return the signed plus-address to which this letter's replies go."""
        return reply_address(
            self.config.mailbox,
            secret=self.config.secret("token_key"),
            person=to.email,
            cycle=cycle_of(record.reference),
            expires=self.today + TOKEN_DAYS,
        )

    @property
    def today(self) -> date:
        return self.now.date()


def ready_or_odd(record: LetterRecord, make: Callable[[], LetterToSend]) -> LetterToSend:
    """Return a letter that the outbox can send; what can't be made of it, it finds out when its turn comes."""
    try:
        return make()
    except Exception as error:
        odd = error

    def message() -> EmailMessage:
        raise odd

    return LetterToSend(record=record, message=message)
