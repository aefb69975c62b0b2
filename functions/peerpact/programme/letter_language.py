"""In which language somebody is written to."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme import languages
from peerpact.programme.people import Person
from peerpact.programme.settings import Settings


def language_of(person: Person, settings: Settings) -> str:
    """Return the first of the person's languages that letters exist in, else the programme's, else English."""
    wanted = (*person.languages, settings.language, languages.FALLBACK)
    return next(language for language in wanted if language in languages.codes())


def shared_language(people: Sequence[Person]) -> str:
    """Return the first language that all of them speak and that letters exist in, else English."""
    shared = [code for code in people[0].languages if all(code in p.languages for p in people)]
    return next((code for code in shared if code in languages.codes()), languages.FALLBACK)
