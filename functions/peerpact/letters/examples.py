"""One of each letter, to invented people: for looking at them, in every language, before anybody gets one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from peerpact.letters import kinds
from peerpact.letters.kinds import Invitation, Letter, MeetingTime, Sender
from peerpact.letters.rendering import next_meeting_link
from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.figures.decision import TOLD
from peerpact.programme.guidance import Guidance, GuidanceKind, seeded
from peerpact.programme.people import Person

SENDER = Sender(
    programme_name="Peer mentoring",
    mailbox="mentoring@example.com",
    contact="people@example.com",
    company="Example Ltd",
)
ADA = Person(
    email="ada@example.com",
    name="Ada Baker",
    called="Ada",
    team="Data",
    time_zone="Europe/Berlin",
    interests=("chess",),
)
KIM = Person(
    email="kim@example.com",
    name="Kim Oh",
    called="Kim",
    team="Sales",
    time_zone="Australia/Sydney",
    interests=("rowing", "soups"),
    topics="saying no, feedback",
    offers="calm before talks",
)
LOU = Person(email="lou@example.com", name="Lou Marsh", called="Lou", time_zone="Europe/Lisbon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A letter and the situation that it is an example of."""

    case: str
    letter: Letter | Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Guidance as it is said in one language."""

    guidance: Guidance
    language: str

    def of(self, kind: GuidanceKind) -> tuple[str, ...]:
        return self.guidance.of(kind, self.language)

    @property
    def help(self) -> tuple[str, ...]:
        return self.of(GuidanceKind.CONFIDENTIAL_HELP)

    def first(self, kind: GuidanceKind) -> str:
        return self.guidance.one_of(kind, self.language, 0)

    def of_meeting(self, number: int) -> dict[str, Any]:
        return self.guidance.of_meeting(number, self.language)


def examples(
    to: Person = ADA,
    sender: Sender = SENDER,
    *,
    reply_to: str = "mentoring+fu.example@example.com",
    language: str = languages.FALLBACK,
    guidance: Guidance | None = None,
) -> Iterator[Example]:
    """Return all letters in all their cases, with the guidance of a language: ours, if none is given."""
    told = Told(guidance=guidance or seeded(), language=language)
    common: dict[str, Any] = {
        "to": to,
        "sender": sender,
        "reference": "FU-7KQ9-M2AA",
        "reply_to": reply_to,
    }
    yield from _about_rounds(common)
    yield from _around_meetings(common, told)
    yield from _about_promises(common, told)
    yield from _answers(common, told)
    yield from _waiting(common)
    yield from _digests(common)


def _who_stay_together(introduction: kinds.Introduction, link: str) -> Iterator[Example]:
    again = replace(introduction, have_met=True)
    yield Example(case="who stay together", letter=again)
    yield Example(
        case="who stay together, without a meeting",
        letter=replace(again, meeting=None, next_meeting_link=link),
    )
    own = replace(again, meeting=None, have_own=True)
    yield Example(case="who stay together, with meetings of their own", letter=own)


def _around_meetings(common: dict[str, Any], told: Told) -> Iterator[Example]:
    start = datetime(2026, 3, 30, 7, tzinfo=UTC)
    meeting = MeetingTime(
        start=start, end=start.replace(minute=45), link="https://calendar.google.com/event?eid=example"
    )
    rules = told.of(GuidanceKind.GROUND_RULE)
    link = next_meeting_link((ADA, KIM), SENDER, SENDER.programme_name)
    introduction = kinds.Introduction(**common, partners=(KIM,), meeting=meeting, ground_rules=rules)
    yield Example(case="with a meeting", letter=introduction)
    doubts: dict[str, dict[str, Any]] = {
        "no hours shared": {"at_the_edge": True},
        "a calendar not seen": {"unchecked": True},
        "a time zone not known": {"is_zone_guessed": True},
        "neither calendar nor time zone known": {"unchecked": True, "is_zone_guessed": True},
    }
    for case, doubt in doubts.items():
        yield Example(case=case, letter=replace(introduction, meeting=replace(meeting, **doubt)))
    nameless = replace(introduction, to=replace(introduction.to, name="", called=""))
    yield Example(case="to somebody whose name is not known", letter=nameless)
    yield Example(
        case="of three, without a meeting",
        letter=kinds.Introduction(
            **common, partners=(KIM, LOU), meeting=None, ground_rules=rules, next_meeting_link=link
        ),
    )
    yield from _who_stay_together(introduction, link)
    yield from _invitations(told, link)
    for why in ("declined", "no slot"):
        letter = kinds.PickATime(
            **common, partners=(KIM,), next_meeting_link=link, why=why, goes_on=why == "declined"
        )
        yield Example(case=why, letter=letter)
    left = kinds.PartnerLeft(**common, partner_names=("Kim Oh",))
    stays = replace(left, meeting_cancelled=False)
    yield Example(case="meeting cancelled", letter=left)
    yield Example(case="meeting still there, name unknown", letter=replace(stays, partner_names=()))
    yield Example(case="no meeting ahead", letter=replace(stays, is_meeting_there=False))


def _invitations(told: Told, link: str) -> Iterator[Example]:
    yield Example(
        case="first meeting",
        letter=Invitation(
            people=(ADA, KIM),
            sender=SENDER,
            minutes=45,
            pairing="r1-example",
            **told.of_meeting(1),
            next_meeting_link=link,
        ),
    )
    yield Example(
        case="to a later one",
        letter=Invitation(
            people=(ADA, KIM),
            sender=SENDER,
            minutes=45,
            pairing="r1-example",
            **told.of_meeting(3),
            next_meeting_link=link,
        ),
    )


def _about_promises(common: dict[str, Any], told: Told) -> Iterator[Example]:
    link = next_meeting_link((ADA, KIM), SENDER, SENDER.programme_name)
    read, talk = "Read the chapter on difficult conversations", "Talk to Bo about the budget by Friday"
    partners: dict[str, Any] = {"partners": (KIM,)}
    yield from _requests(kinds.CommitmentRequest(**common, **partners), read)
    news = (
        ("Kim", "Ask Sam for feedback", Outcome.KEPT),
        ("Kim", "Block two hours a week", Outcome.DROPPED),
    )
    whole = kinds.FollowUp(
        **common,
        **partners,
        commitments=(read, talk),
        partner_open=(("Kim", "Write a plan", None), ("Kim", "Ask Bo", Outcome.NOT_YET)),
        partner_news=news,
        question=told.first(GuidanceKind.MONTHLY_QUESTION),
        skill_prompt=told.first(GuidanceKind.SKILL_PROMPT),
        next_meeting_link=link,
    )
    yield Example(case="two promises and news", letter=whole)
    yield Example(case="a month in", letter=replace(whole, partner_news=(), asks_number=True))
    yield Example(case="one promise", letter=replace(whole, commitments=(read,), partner_news=()))
    short = kinds.FollowUp(
        **common,
        **partners,
        commitments=(),
        partner_open=(),
        partner_news=(),
        question="",
        skill_prompt="",
        next_meeting_link=link,
        is_short=True,
    )
    yield Example(case="no promise, short", letter=short)
    reminder = kinds.Reminder(**common, **partners, commitments=(read,), partner_news=news[:1])
    yield Example(case="of a follow-up", letter=reminder)
    yield Example(case="of a request", letter=kinds.Reminder(**common, **partners, commitments=()))
    yield from _around_the_turn(common | partners, (read, talk), whole.question)
    yield from _around_a_meeting(whole, short, reminder)


def _requests(request: kinds.CommitmentRequest, promise: str) -> Iterator[Example]:
    yield Example(case="after a meeting", letter=request)
    before = replace(request, commitments=(promise,))
    yield Example(case="after a meeting, with a promise from before", letter=before)


def _about_rounds(common: dict[str, Any]) -> Iterator[Example]:
    opens, ends = date(2026, 4, 1), date(2026, 7, 1)
    for case, has_begun in (("of a round", False), ("of one that is open", True)):
        letter = kinds.Announcement(**common, opens=opens, ends=ends, months=6, has_begun=has_begun)
        yield Example(case=case, letter=letter)
        yield Example(case=f"{case}, asking for a yes", letter=replace(letter, asks_yes=True))
    yield Example(case="where words stay for one month", letter=replace(letter, months=1))
    for is_late in (False, True):
        case = "in its last days" if is_late else "in this round"
        yield Example(case=case, letter=kinds.LeftOver(**common, ends=ends, is_late=is_late))


def _around_the_turn(common: dict[str, Any], promises: tuple[str, str], question: str) -> Iterator[Example]:
    asked = kinds.StillThere(**common, until=date(2026, 4, 1))
    yield Example(case="somebody waits for them", letter=asked)
    came_of_it: dict[str, Any] = {
        "promised": 5,
        "done": 2,
        "kept": promises[:1],
        "partner_kept": (("Kim", "Ask Sam for feedback"),),
    }
    for case, texts in (("one promise is open", promises[1:]), ("no promise is open", ())):
        told = came_of_it if texts else {}
        letter = kinds.Turn(**common, commitments=texts, partner_news=(), next_opens=date(2026, 4, 1), **told)
        yield Example(case=case, letter=letter)
    day = date(2026, 3, 24)
    yield Example(case="a meeting was shortly before", letter=replace(letter, asks_met=day, asks_action=day))
    last = MeetingTime(start=datetime(2026, 3, 18, 13, tzinfo=UTC), end=datetime(2026, 3, 18, 14, tzinfo=UTC))
    before = replace(
        letter,
        meeting=last,
        partner_open=(("Kim", promises[0], Outcome.PARTLY),),
        question=question,
        ahead=(("Ask Ann for a date", date(2026, 3, 27)),),
    )
    yield Example(case="before the last meeting", letter=before)
    whole = kinds.Closing(**common, **came_of_it, carried=promises[1:])
    yield Example(case="of two who did much", letter=whole)
    asks = replace(whole, commitments=promises[:1], carried=())
    yield Example(case="a promise has come due", letter=asks)
    bare = kinds.Closing(**common, promised=0, done=0, kept=(), partner_kept=(), carried=(), stays=True)
    yield Example(case="of two who stay together", letter=bare)
    alone = replace(whole, partners=(), promised=1, done=1, kept=(), partner_kept=())
    yield Example(case="of somebody whose partner is no longer known", letter=alone)


def _around_a_meeting(
    whole: kinds.FollowUp, short: kinds.FollowUp, reminder: kinds.Reminder
) -> Iterator[Example]:
    start, day = datetime(2026, 4, 27, 7, tzinfo=UTC), date(2026, 3, 30)
    meeting = MeetingTime(start=start, end=start.replace(minute=45))
    ahead = (("Ask Ann for a date", date(2026, 5, 8)),)
    before = replace(whole, meeting=meeting, ahead=ahead, asks_met=day)
    yield Example(case="before a meeting", letter=before)
    yield Example(case="before a meeting, short", letter=replace(short, meeting=meeting))
    late = replace(whole, meeting=meeting, commitments=(), partner_news=(), asks_action=True)
    yield Example(case="after a meeting, where none came before it", letter=late)
    after = replace(reminder, asks_met=day, by=date(2026, 4, 27))
    yield Example(case="after a meeting", letter=after)


def _answers(common: dict[str, Any], told: Told) -> Iterator[Example]:
    kinds_asked = ("pause", "stop", "back", "not met", "met", "every so many weeks", "we plan it ourselves")
    requests = (("pause", date(2026, 5, 1)), *((kind, None) for kind in kinds_asked))
    yield Example(
        case="of everything",
        letter=kinds.Acknowledgement(
            **common,
            outcomes=tuple((f"Promise number {n}", outcome) for n, outcome in enumerate(Outcome, 1)),
            reworded=(("Call Bob", "Call Bo"),),
            new_commitments=(("Suggest a shorter format for the Monday meeting", date(2026, 4, 1)),),
            requests=requests,
            begins=date(2026, 4, 1),
            erased_on=date(2026, 4, 8),
            weeks=2,
        ),
    )
    yield from _wishes(common)
    yield from _about_oneself(common)
    yield Example(case="about a promise", letter=kinds.AskAgain(**common, commitments=("Read the chapter",)))
    yield Example(case="about a new promise", letter=kinds.AskAgain(**common, commitments=()))
    yield from _asked_again(common)
    for case, contact in (("with a contact", "ombud@example.com"), ("without one", "")):
        letter = kinds.Care(**common, confidential_contact=contact, help=told.help)
        yield Example(case=case, letter=letter)


def _wishes(common: dict[str, Any]) -> Iterator[Example]:
    turn = (("stay with my partner", None), ("a new partner next round", None), ("pause", date(2026, 7, 1)))
    for n, request in enumerate(turn, start=3):
        said = kinds.Acknowledgement(
            **common,
            outcomes=(),
            new_commitments=(),
            requests=(request,),
            number=n,
            begins=date(2026, 4, 1),
            erased_on=date(2026, 4, 8),
        )
        yield Example(case=f"of the turn: {request[0]}", letter=said)
    kept = "Ask Dina about the canary report"
    done = replace(
        said, outcomes=((kept, Outcome.KEPT),), round_with=("Kim",), promised=3, done=2, kept=(kept,)
    )
    yield Example(
        case="of the turn: what came of it", letter=replace(done, partner_kept=(("Kim", "Read a book"),))
    )
    yield from _in_private(common)
    bare = kinds.Acknowledgement(**common, outcomes=(), new_commitments=(), requests=())
    topics = replace(bare, wants="feedback, hiring", offers="Python")
    yield Example(case="of what to talk about", letter=topics)
    yield Example(case="of nothing to note", letter=replace(bare, partners=(KIM,)))
    wishes = {
        "a meeting every week": "every so many weeks",
        "another time": "move the meeting",
        "a question": "question",
    }
    for case, kind in wishes.items():
        yield Example(case=f"of {case}", letter=replace(bare, requests=((kind, None),), weeks=1))


def _in_private(common: dict[str, Any]) -> Iterator[Example]:
    day = date(2026, 4, 1)
    cases: dict[str, dict[str, Any]] = {
        "of another partner": {"apart_on": day},
        "of a partner who does not answer": {"apart_on": day, "asks_partner": True},
        "of never with somebody": {"never_with": "Kim Oh", "apart_on": day},
        "of never with nobody we know": {"is_somebody_unknown": True},
        "of one who stays after all": {"taken_back": True},
        "of one who is still in": {"goes_on": True},
    }
    for case, words in cases.items():
        said = kinds.Acknowledgement(**common, outcomes=(), new_commitments=(), requests=(), **words)
        yield Example(case=case, letter=said)


def _asked_again(common: dict[str, Any]) -> Iterator[Example]:
    chapter = ("Read the chapter",)
    for reason, likely in (("contradicting", ((1, Outcome.KEPT),)), ("language", ())):
        letter = kinds.AskAgain(**common, commitments=chapter, reason=reason, likely=likely)
        yield Example(case=reason, letter=letter)
    asked = kinds.AskAgain(**common, commitments=chapter)
    yield Example(case="with a contact", letter=replace(asked, confidential_contact="ombud@example.com"))
    yield Example(case="of two who have met", letter=replace(asked, met=True))
    days = (date(2026, 4, 1), date(2026, 4, 15))
    near: dict[str, Any] = {"reason": "near distress", "confidential_contact": "ombud@example.com"}
    cases: dict[str, dict[str, Any]] = {
        "a pause without an end": {"reason": "no end", "pause_until": days},
        "the same, with one before": {"reason": "same", "offered": chapter},
        "what may be a promise": {"reason": "unknown", "offered": ("Slides for the Friday demo, finally",)},
        "the same, with nothing before": {"reason": "same"},
        "a doubtful wish": {"wishes": ("skip", "another partner")},
        "something near distress": near,
        "something beyond us": near | {"reason": "beyond us"},
    }
    for case, words in cases.items():
        yield Example(case=case, letter=kinds.AskAgain(**common, commitments=(), **words))


def _about_oneself(common: dict[str, Any]) -> Iterator[Example]:
    meeting = datetime(2026, 3, 30, 7, tzinfo=UTC)
    promise = ("Read the chapter on difficult conversations", date(2026, 4, 1))
    full = kinds.Status(**common, partners=(KIM,), meeting=meeting, new_commitments=(promise,))
    yield Example(case="with a meeting and a promise", letter=full)
    out: dict[str, Any] = {**common, "partners": (), "meeting": None, "new_commitments": (), "is_out": True}
    yield Example(case="without a meeting", letter=replace(full, meeting=None, new_commitments=()))
    yield Example(case="in a pause", letter=kinds.Status(**out, back_on=date(2026, 5, 1)))
    yield Example(case="out of the programme", letter=kinds.Status(**out))
    for case, months in (("with everything", 6), ("with words that stay for one month", 1)):
        yield Example(case=case, letter=kinds.MyData(**common, months=months))
    for case, days, day in (
        ("asks to confirm", 7, None),
        ("asks to confirm, with one day of grace", 1, None),
        ("confirmed", 7, date(2026, 4, 8)),
    ):
        yield Example(case=case, letter=kinds.ForgetMe(**common, days=days, erased_on=day))


def _waiting(common: dict[str, Any]) -> Iterator[Example]:
    yield Example(case="for the confidential contact", letter=kinds.MailWaits(**common))


def _digests(common: dict[str, Any]) -> Iterator[Example]:
    digest = kinds.Digest(
        **common,
        figures=(("taking_part", 12), ("follow_through", 0.84), ("due", None), ("quiet", 6)),
        waiting_for_approval=1,
        problems=0,
        requests=1,
        needs_a_person=0,
        spreadsheet="https://docs.google.com/spreadsheets/d/example/edit",
    )
    yield Example(case="two things wait", letter=digest)
    nothing = replace(digest, waiting_for_approval=0, requests=0)
    yield Example(case="nothing waits", letter=nothing)
    yield Example(case="a letter needs a person", letter=replace(nothing, needs_a_person=1))
    figures = (46, 23, 18, 31, 38, 32, 0.84, 0.9, 6, 4.25, 0.7)
    much = replace(
        digest,
        figures=tuple(zip(TOLD, figures, strict=True)),
        waiting_for_approval=21,
        problems=3,
        requests=2,
        needs_a_person=4,
    )
    yield Example(case="much waits", letter=much)
    for case, problems in (
        ("before any figures", 0),
        ("one problem before any", 1),
        ("two problems before any", 2),
    ):
        yield Example(case=case, letter=replace(nothing, figures=(("taking_part", 12),), problems=problems))
