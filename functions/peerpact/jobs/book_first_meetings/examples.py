"""Examples of mails as they leave: to an admin, about invented people, answered to nobody but the admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.message import EmailMessage

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.errors import LetterError
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead, language_of
from peerpact.letters.examples import examples
from peerpact.programme.meetings.examples import SendExample
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen


def example(action: SendExample, programme: ProgrammeSeen, config: Config) -> LetterToSend:
    """Return one as the outbox sends it. Its buttons, too, write to the admin, so that no answer changes anything."""
    head = Letterhead(programme.settings, config, programme.now)
    to = programme.people.get(action.record.person) or Person(email=action.record.person, name="")

    def message() -> EmailMessage:
        shown = by_kind(to, head.sender).get(action.kind)
        if shown is None:
            raise LetterError(f"There is no example of the mail “{action.kind}”.")
        rendered = writing.render(shown, language=language_of(to, programme.settings))
        subject = f"Example {action.number} of {action.of}: {rendered.subject}"
        return writing.message(
            writing.with_subject(rendered, subject),
            sender=head.sender,
            to=to,
            reply_to=to.email,
            key=action.record.key,
        )

    return LetterToSend(record=action.record, message=message)


def by_kind(to: Person, sender: writing.Sender) -> Mapping[str, writing.Letter]:
    """Return the first example of each kind of mail."""
    found: dict[str, writing.Letter] = {}
    for kind, letter in _all(to, sender):
        found.setdefault(kind, letter)
    return found


def _all(to: Person, sender: writing.Sender) -> Iterator[tuple[str, writing.Letter]]:
    for one in examples(to, sender, reply_to=to.email):
        letter = one.letter
        if isinstance(letter, writing.Invitation):
            continue
        is_welcome = isinstance(letter, writing.Announcement) and letter.has_begun
        yield "welcome" if is_welcome else writing.folder_of(type(letter)).replace("_", "-"), letter
