"""The agenda in a meeting's event: of which meeting it is, and that it stays right wherever the meeting is moved."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from peerpact.letters import Invitation, Sender, next_meeting_link, render
from peerpact.letters.examples import examples
from peerpact.programme import languages
from peerpact.programme.guidance import Guidance, GuidanceKind, GuidanceLine
from peerpact.programme.people import Person

ADA = Person(email="ada@example.com", name="Ada Abel", time_zone="Europe/Berlin")
KIM = Person(email="kim@example.com", name="Kim Kaya", time_zone="America/New_York")
SENDER = Sender(programme_name="Peer mentoring", mailbox="m@example.com", contact="hr@example.com")
FIRST = Invitation(
    people=(ADA, KIM),
    sender=SENDER,
    minutes=45,
    session="Listening.",
    ground_rules=("Be kind.",),
    starters=("What for?",),
    listening=("Bear a pause.",),
    next_meeting_link=next_meeting_link((ADA, KIM), SENDER, "Peer mentoring"),
)
THIRD = replace(FIRST, number=3, session="Other eyes.", ground_rules=(), listening=())


def minutes_of(invitation: Invitation, language: str) -> list[int]:
    html = render(invitation, language=language).html
    return [int(found) for found in re.findall(r"<li>(\d+): ", html)]


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("minutes", [15, 30, 45, 60, 180])
def test_gives_both_the_same_time_and_the_last_minutes_to_promises(language: str, minutes: int) -> None:
    first, switch, closing = minutes_of(replace(FIRST, minutes=minutes), language)
    assert (first, closing < minutes) == (0, True)
    assert abs((switch - first) - (closing - switch)) <= 1
    opening, first, switch, closing = minutes_of(replace(THIRD, minutes=minutes), language)
    assert (opening, first > 0) == (0, True)
    assert abs((switch - first) - (closing - switch)) <= 1


@pytest.mark.parametrize("language", languages.codes())
def test_names_no_hour_that_a_move_or_a_clock_change_would_make_wrong(language: str) -> None:
    for invitation in (FIRST, THIRD):
        words = render(invitation, language=language)
        assert re.findall(r"\d\d?[:.h]\d\d", re.sub(r"https?://\S+", "", words.text)) == []


def test_begins_with_the_last_promises_from_the_second_meeting_on() -> None:
    assert "promises first" not in render(FIRST, language="en").text
    text = render(THIRD, language="en").text
    assert text.index("promises first") < text.index("one speaks") < text.index("Other eyes.")


@pytest.mark.parametrize("language", languages.codes())
def test_has_an_exercise_for_each_of_the_first_meetings_and_a_card_on_listening(language: str) -> None:
    rows = languages.guidance(language)
    sessions = [r["text"] for r in rows if r["kind"] == GuidanceKind.SESSION]
    assert len(set(sessions)) == len(sessions) >= 4
    assert [r for r in rows if r["kind"] == GuidanceKind.LISTENING]


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", languages.codes())
def test_shows_in_samples_the_guidance_that_people_of_that_language_get(language: str) -> None:
    texts = "".join(render(e.letter, language=language).text for e in examples(language=language))
    said = spaced(texts)
    kinds = {r["kind"] for r in languages.guidance(language) if spaced(r["text"]) in said}
    assert kinds == set(GuidanceKind)
    others = {r["text"] for code in languages.codes() if code != language for r in languages.guidance(code)}
    assert not [text for text in others if spaced(text) in said]


def test_shows_in_samples_what_the_tab_guidance_says() -> None:
    ours = GuidanceLine(kind=GuidanceKind.GROUND_RULE, language="de", text="Erst ausreden lassen.")
    letters = examples(language="de", guidance=Guidance((ours,)))
    texts = "".join(render(e.letter, language="de").text for e in letters)
    assert ours.text in texts
