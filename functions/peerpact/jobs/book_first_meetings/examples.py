"""Examples of mails as they leave: to an admin, about invented people, answered to nobody but the admin."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import Protocol

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.errors import LetterError
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead
from peerpact.letters.examples import examples
from peerpact.programme.guidance import Guidance
from peerpact.programme.letter_language import language_of
from peerpact.programme.meetings.examples import SendExample
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import in_language, say


class Material(Protocol):
    """What examples are made of."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def config(self) -> Config: ...
    @property
    def guidance(self) -> Guidance: ...


def example(action: SendExample, material: Material) -> LetterToSend:
    """Return one as the outbox sends it. Its buttons, too, write to the admin, so that no answer changes anything."""
    programme = material.programme
    head = Letterhead(programme.settings, material.config, programme.now)
    to = programme.people.get(action.record.person) or Person(email=action.record.person, name="")
    language = language_of(to, programme.settings)

    def message() -> EmailMessage:
        shown = by_kind(to, head.sender, language, material.guidance).get(action.kind)
        if shown is None:
            raise LetterError(say("There is no example of the mail “{kind}”.", kind=action.kind))
        rendered = writing.render(shown, language=language)
        subject = say(
            "Example {number} of {all}: {subject}",
            number=action.number,
            all=action.of,
            subject=rendered.subject,
        )
        return writing.message(
            writing.with_subject(rendered, in_language(subject, language)),
            sender=head.sender,
            to=to,
            reply_to=to.email,
            key=action.record.key,
        )

    return LetterToSend(record=action.record, message=message)


def by_kind(
    to: Person, sender: writing.Sender, language: str, guidance: Guidance
) -> Mapping[str, writing.Letter]:
    """Return the first example of each kind of mail, with what the tab Guidance says."""
    found: dict[str, writing.Letter] = {}
    for one in examples(to, sender, reply_to=to.email, language=language, guidance=guidance):
        letter = one.letter
        if isinstance(letter, writing.Invitation):
            continue
        is_welcome = isinstance(letter, writing.Announcement) and letter.has_begun
        kind = "welcome" if is_welcome else writing.folder_of(type(letter)).replace("_", "-")
        found.setdefault(kind, letter)
    return found
