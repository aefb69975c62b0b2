"""What admins ask for in the column Answer of Start here, and what comes of it: decided once, and said on the line.

The answer is taken away in the same batch that carries it out, so that it counts once. Nothing is guessed: what is
neither yes nor no stays where it is, and a yes to proposals holds for those that the line spoke of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from peerpact.programme.correspondence import EXAMPLE, INITIALS, LetterRecord, planned
from peerpact.programme.figures.dashboard import Line
from peerpact.programme.keys import short_key
from peerpact.programme.memory import PAUSED, Memo
from peerpact.programme.pairings import Decision, Pairing, PairingState
from peerpact.programme.plan import Action
from peerpact.programme.roster.actions import ApprovePairing, PlanExamples, ShowNextRound
from peerpact.programme.roster.preview import Preview
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, as_written, in_english, joined, say

APPROVE = say("Approve all proposals")
PREVIEW = say("Show me the next round")
EXAMPLES = say("Send me one of each mail")
PAUSE = say("Pause the programme")
OFFERED = (APPROVE, PREVIEW, EXAMPLES, PAUSE)
"""The lines on which a yes leads to something."""
NEXT_ROUND = "Next round"
"""The tab on which the next round is shown."""
NOT_UNDERSTOOD = say("Not understood: choose yes or no. Until then nothing is done.")
KINDS = (*(kind for kind in INITIALS if kind != EXAMPLE), "care")
"""The kinds of mails of which an example is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The answers on Start here, and what carrying them out needs beside the programme."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """Yes or no, by the line's topic."""
    unread: frozenset[str] = frozenset()
    """Topics of lines whose answer is neither."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """What the lines say came of earlier answers."""
    shown: Mapping[str, float | None] = field(default_factory=dict)
    """The lines' figures when they were answered."""
    preview: Preview | None = None

    def has_yes(self, topic: str) -> bool:
        return self.answers.get(topic) == "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the answers lead to: actions, and a sentence for each line that was answered."""

    actions: tuple[Action, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)

    def on(self, line: Line, asked: Asked) -> Line:
        """Return a line with what came of its answer; one that can't be read is told of for as long as it is there."""
        if line.topic in asked.unread:
            return replace(line, outcome=NOT_UNDERSTOOD)
        before = asked.outcomes.get(line.topic, "")
        kept = "" if NOT_UNDERSTOOD in {before, in_english(before)} else before
        return replace(line, outcome=self.outcomes.get(line.topic, kept))


def with_pause(programme: ProgrammeSeen, asked: Asked) -> ProgrammeSeen:
    """Return the programme paused, or taken up again, where that is the answer on its line."""
    answer = asked.answers.get(PAUSE)
    if answer is None or programme.remembered is None or (answer == "yes") == programme.is_paused:
        return programme
    kept = [memo for memo in programme.remembered if memo.key != PAUSED]
    new = [Memo(key=PAUSED, since=programme.today)] if answer == "yes" else []
    return replace(programme, remembered=tuple(sorted([*kept, *new], key=lambda memo: memo.key)))


def carried_out(programme: ProgrammeSeen, asked: Asked, topics: Collection[str]) -> Carried:
    """Decide on all answers; ``topics`` are those of all lines."""
    done = {topic: _done(topic, programme, asked) for topic in topics if topic in asked.answers}
    return Carried(
        actions=tuple(action for actions, _ in done.values() for action in actions),
        outcomes={
            topic: say("{day}: {said}", day=programme.today, said=said) for topic, (_, said) in done.items()
        },
    )


def _done(topic: str, programme: ProgrammeSeen, asked: Asked) -> tuple[list[Action], Sentence]:
    if topic == PAUSE:
        return [], say("paused.") if asked.has_yes(PAUSE) else say("taken up again.")
    if topic not in OFFERED:
        return [], say("this line asks for no answer, so nothing was done.")
    if not asked.has_yes(topic):
        return [], say("you answered no, so nothing was done.")
    if topic == APPROVE:
        return _approved(programme, asked.shown.get(APPROVE))
    return _shown(asked.preview) if topic == PREVIEW else _examples(programme)


def _approved(programme: ProgrammeSeen, shown: float | None) -> tuple[list[Action], Sentence]:
    waiting = [p for p in programme.pairings if p.state is PairingState.PROPOSED]
    if not waiting:
        return [], say("no proposal waits, so nothing was approved.")
    if len(waiting) != shown:
        return [], (
            say(
                "nothing was approved: {many} wait now, and this line spoke of {shown} when you answered. "
                "Look at Pairings, and answer once more.",
                many=len(waiting),
                shown=f"{shown or 0:.0f}",
            )
        )
    agreed = [p for p in waiting if _may_be_approved(p, programme)]
    now = programme.now.replace(microsecond=0)
    actions: list[Action] = [
        ApprovePairing(
            pairing=replace(p, state=PairingState.APPROVED, approved_on=now),
            names=" & ".join(programme.name(e) for e in p.people),
        )
        for p in agreed
    ]
    left = len(waiting) - len(agreed)
    approved = say("{many} approved.", many=len(agreed))
    rest = say("{many} left as they are: rejected, or waiting for a row; see Problems.", many=left)
    return actions, joined([approved, rest]) if left else approved


def _may_be_approved(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    is_decided = pairing.decision is Decision.REJECT or not pairing.is_decision_clear
    return not is_decided and not programme.waits(pairing)


def _shown(preview: Preview | None) -> tuple[list[Action], Sentence]:
    if preview is None:
        return [], say("no day is set on which a round opens, so there is nothing to show.")
    if preview.trouble:
        return [], as_written(preview.trouble)
    return [ShowNextRound(preview=preview)], say(
        "see the tab Next round. {in_words}", in_words=preview.in_words
    )


def _examples(programme: ProgrammeSeen) -> tuple[list[Action], Sentence]:
    admins = programme.settings.admins
    if not admins:
        return (
            [],
            say(
                "nothing was sent, as nobody is named at Admins in Settings. Enter yourself, and answer once "
                "more."
            ),
        )
    records = tuple(_example(kind, admin, programme) for admin in admins for kind in KINDS)
    return [PlanExamples(records=records)], (
        say(
            "{many} mails to {admins} leave within the next half hour of working hours.",
            many=len(KINDS),
            admins=", ".join(admins),
        )
    )


def _example(kind: str, admin: str, programme: ProgrammeSeen) -> LetterRecord:
    stamp = short_key(EXAMPLE, programme.now.isoformat())
    return planned(EXAMPLE, f"{EXAMPLE}:{stamp}:{kind}:{admin}", admin, at=programme.now)


def offers(programme: ProgrammeSeen, links: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines that offer something."""
    waiting = sum(p.state is PairingState.PROPOSED for p in programme.pairings)
    yield Line(
        topic=APPROVE,
        in_words=say(
            "Yes approves all {waiting} now; those that you rejected stay rejected.", waiting=waiting
        )
        if waiting
        else say("No proposal waits."),
        figure=waiting,
        link=links.get("Pairings", ""),
    )
    yield Line(
        topic=PREVIEW,
        link=links.get(NEXT_ROUND, ""),
        in_words=say(
            "Yes shows on the tab Next round whom Peerpact would pair then, by the roster of now. Nobody "
            "hears of it."
        ),
    )
    admins = ", ".join(programme.settings.admins)
    yield Line(
        topic=EXAMPLES,
        in_words=say("Yes sends an example of each mail, about invented people, to {admins}.", admins=admins)
        if admins
        else say("Enter yourself at Admins in Settings first; then yes sends you an example of each mail."),
    )
    yield Line(topic=PAUSE, in_words=_pause(programme))


def _pause(programme: ProgrammeSeen) -> Sentence:
    since = programme.paused_since
    if since is None:
        return say(
            "Yes: no mail is begun, nobody is paired and nothing is booked until you put no. Replies are read."
        )
    return say(
        "PAUSED since {day}: no mail is begun, nobody is paired and nothing is booked; replies are read. No takes the "
        "programme up again; what is due by then follows with the next runs.",
        day=since,
    )
