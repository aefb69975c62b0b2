"""Letters in every language: whole, safe, and known again when they are quoted."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from peerpact import letters
from peerpact.letters import (
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
    MailWaits,
    MeetingTime,
    MyData,
    PartnerLeft,
    PickATime,
    Reminder,
    Sender,
    Status,
    StillThere,
    Turn,
    folder_of,
    message,
    render,
)
from peerpact.operating.letters import sentences_side_by_side
from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.people import Person
from peerpact.programme.replies.meaning import understand
from peerpact.programme.replies.reply import OurLetters, newly_written
from peerpact.programme.requests import Wish
from peerpact.resources import folder

SENDER = Sender(
    programme_name="Peer mentoring", mailbox="mentoring@example.com", contact="people@example.com"
)
ADA = Person(
    email="ada@example.com", name="Ada Lovelace", team="Data", time_zone="Europe/Berlin", interests=("chess",)
)
KIM = Person(email="kim@example.com", name="Kim <b>Oh</b>", team="Sales", time_zone="Australia/Sydney")
LINK_IN = re.compile("https?:|mailto:")
MEETING = MeetingTime(
    start=datetime(2026, 3, 30, 7, tzinfo=UTC), end=datetime(2026, 3, 30, 7, 45, tzinfo=UTC)
)
COMMON: dict[str, Any] = {
    "to": ADA,
    "sender": SENDER,
    "reference": "FU-7KQ9-M2AA",
    "reply_to": "m+x@example.com",
}
LINK = letters.next_meeting_link((ADA, KIM), SENDER, "Peer mentoring")
EXAMPLES: list[Any] = [
    Introduction(**COMMON, partners=(KIM,), meeting=MEETING, ground_rules=("Be kind.",)),
    Introduction(**COMMON, partners=(KIM, ADA), meeting=None, ground_rules=(), next_meeting_link=LINK),
    Invitation(
        people=(ADA, KIM),
        sender=SENDER,
        minutes=45,
        session="Listen.",
        ground_rules=("Be kind.",),
        starters=("Why?",),
        listening=("Bear a pause.",),
        next_meeting_link=LINK,
    ),
    Invitation(
        people=(ADA, KIM),
        sender=SENDER,
        minutes=45,
        number=2,
        pairing="r1-abc234",
        session="",
        ground_rules=(),
        starters=(),
        next_meeting_link=LINK,
    ),
    PickATime(**COMMON, partners=(KIM,), next_meeting_link=LINK, why="declined", goes_on=True),
    PickATime(**COMMON, partners=(KIM,), next_meeting_link=LINK, why="no slot"),
    PartnerLeft(**COMMON, partner_names=("Kim",)),
    PartnerLeft(**COMMON, partner_names=("Kim",), meeting_cancelled=False),
    CommitmentRequest(**COMMON, partners=(KIM,)),
    FollowUp(
        **COMMON,
        partners=(KIM,),
        commitments=("Read a book", "Call Bo"),
        partner_open=(("Kim", "Write a plan", None), ("Kim", "Ask Bo", Outcome.NOT_YET)),
        partner_news=(("Kim", "Ask Sam", Outcome.KEPT), ("Kim", "Ask Al", Outcome.DROPPED)),
        question="What moved?",
        skill_prompt="Listen.",
        next_meeting_link=LINK,
        asks_number=True,
    ),
    FollowUp(
        **COMMON,
        partners=(KIM,),
        commitments=(),
        partner_open=(),
        partner_news=(),
        question="",
        skill_prompt="",
        next_meeting_link=LINK,
        is_short=True,
    ),
    Reminder(
        **COMMON,
        partners=(KIM,),
        commitments=("Read a book",),
        partner_news=(("Kim", "Ask Sam", Outcome.KEPT),),
    ),
    Reminder(**COMMON, partners=(KIM,), commitments=()),
    Turn(
        **COMMON,
        partners=(KIM,),
        commitments=("Read a book",),
        partner_news=(("Kim", "Ask Sam", Outcome.KEPT),),
        next_opens=date(2026, 4, 1),
    ),
    Turn(**COMMON, partners=(KIM, ADA), commitments=(), partner_news=(), next_opens=date(2026, 4, 1)),
    Turn(
        **COMMON,
        partners=(KIM,),
        commitments=("Read a book",),
        partner_news=(),
        next_opens=date(2026, 4, 1),
        meeting=MEETING,
        partner_open=(("Kim", "Ask Sam", None),),
        question="What gives you energy?",
        ahead=(("Call Bo", date(2026, 3, 27)),),
    ),
    Announcement(**COMMON, opens=date(2026, 4, 1), ends=date(2026, 7, 1), months=6),
    Announcement(**COMMON, opens=date(2026, 4, 1), ends=date(2026, 7, 1), months=1, has_begun=True),
    LeftOver(**COMMON, ends=date(2026, 7, 1)),
    LeftOver(**COMMON, ends=date(2026, 7, 1), is_late=True),
    StillThere(**COMMON, partners=(KIM,), until=date(2026, 7, 1)),
    Closing(
        **COMMON,
        partners=(KIM,),
        promised=3,
        done=2,
        kept=("Read a book",),
        partner_kept=(("Kim", "Ask Sam"),),
        carried=("Call Bo",),
        commitments=("Ask Jo",),
    ),
    Closing(**COMMON, partners=(), promised=0, done=0, kept=(), partner_kept=(), carried=(), stays=True),
    Acknowledgement(
        **COMMON,
        outcomes=(),
        new_commitments=(),
        requests=(("stay with my partner", None), ("a new partner next round", None), ("pause", None)),
        begins=date(2026, 4, 1),
        number=4,
    ),
    Acknowledgement(
        **COMMON,
        outcomes=(("Read a book", Outcome.KEPT),),
        new_commitments=(),
        requests=(),
        round_with=("Kim",),
        promised=3,
        done=2,
        kept=("Read a book",),
        partner_kept=(("Kim", "Call Bo"),),
    ),
    Acknowledgement(
        **COMMON,
        outcomes=tuple(("Read a book", outcome) for outcome in Outcome),
        reworded=(("Call Bob", "Call Bo & Kim"),),
        new_commitments=(("Call Bo", date(2026, 4, 1)),),
        requests=(
            ("pause", date(2026, 5, 1)),
            ("pause", None),
            ("stop", None),
            ("back", None),
            ("not met", None),
        ),
        begins=date(2026, 4, 1),
        erased_on=date(2026, 4, 8),
    ),
    Acknowledgement(**COMMON, outcomes=(), new_commitments=(), requests=()),
    Acknowledgement(**COMMON, outcomes=(), new_commitments=(), requests=(), wants="tea", offers="chess"),
    Status(**COMMON, partners=(KIM,), meeting=MEETING.start, new_commitments=(("Read", date(2026, 4, 1)),)),
    Status(**COMMON, partners=(KIM,), meeting=None, new_commitments=()),
    Status(**COMMON, partners=(), meeting=None, new_commitments=(), is_out=True),
    Status(**COMMON, partners=(), meeting=None, new_commitments=(), is_out=True, back_on=date(2026, 4, 1)),
    MyData(**COMMON, months=6),
    ForgetMe(**COMMON, days=7),
    ForgetMe(**COMMON, days=7, erased_on=date(2026, 4, 8)),
    AskAgain(**COMMON, commitments=("Read a book",)),
    AskAgain(**COMMON, commitments=()),
    Care(**COMMON, confidential_contact="ombud@example.com", help=("Helpline: 0800 1",)),
    MailWaits(**COMMON),
    Digest(
        **COMMON,
        figures=(("taking_part", 12), ("follow_through", 0.84), ("due", None), ("quiet", 2)),
        waiting_for_approval=1,
        problems=0,
        requests=2,
        needs_a_person=1,
    ),
]


def test_has_a_folder_for_each_letter_and_a_letter_for_each_folder() -> None:
    folders = {p.name for p in folder("templates").iterdir() if p.is_dir()} - {"layout"}
    assert {folder_of(letter) for letter in LETTERS} == folders
    assert {type(example) for example in EXAMPLES} == set(LETTERS)


def test_names_the_words_that_each_template_may_use() -> None:
    templates = [p for p in folder("templates").rglob("*.*") if p.suffix in {".txt", ".html"}]
    assert [str(p) for p in templates if not p.read_text("utf-8").startswith("{# ")] == []


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("letter", EXAMPLES, ids=lambda letter: type(letter).__name__)
def test_renders_whole_in_every_language(letter: Any, language: str) -> None:
    rendered = render(letter, language=language)
    assert rendered.subject
    for part in (rendered.subject, rendered.text, rendered.html):
        assert "{{" not in part
        assert "None" not in part
    assert max(len(line) for line in rendered.text.splitlines() if not LINK_IN.search(line)) <= 76
    assert "<b>Oh</b>" not in rendered.html


@pytest.mark.parametrize("language", languages.codes()[1:])
def test_translates_every_sentence_and_nothing_else(language: str) -> None:
    options = {"**.*": {"trimmed": "true", "extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"}}
    methods = [("**.txt", "jinja2"), ("**.html", "jinja2")]
    found = extract_from_dir(str(folder("templates")), methods, options)
    wanted = {str(entry[2]) for entry in found}
    with (languages.FOLDER / language / "letters.po").open("rb") as source:
        catalogue = {str(m.id): m.string for m in read_po(source, locale=language) if m.id}
    assert set(catalogue) == wanted
    assert [k for k, v in catalogue.items() if not (all(v) if isinstance(v, tuple) else v)] == []


def test_has_every_sentence_that_people_read_in_every_language() -> None:
    sentences = sentences_side_by_side()
    assert len(sentences) > 250
    assert [s for s in sentences if any(not s.get(code, "").strip() for code in languages.codes())] == []


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("outcome", list(Outcome))
def test_offers_buttons_whose_words_are_understood(language: str, outcome: Outcome) -> None:
    word = languages.words(language)["buttons"][outcome.value]
    understood = understand(
        f"2 {word}", open_commitments=["Read", "Call Bo"], languages=(language,), on=date(2026, 3, 1)
    )
    assert dict(understood.outcomes) == {2: outcome}


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize(
    "letter", [e for e in EXAMPLES if isinstance(e, letters.Letter)], ids=lambda e: type(e).__name__
)
def test_tells_a_way_out_that_is_understood_in_every_mail(letter: Any, language: str) -> None:
    rendered, words = render(letter, language=language), languages.words(language)["buttons"]
    wishes = {"pause": Wish.PAUSE, "stop": Wish.STOP, "another partner": Wish.ANOTHER_PARTNER}
    for way in letter.ways:
        assert words[way] in rendered.text
        assert f"body={quote(words[way])}" in unescape(rendered.html)
        said = understand(words[way], open_commitments=["Read"], languages=(language,), on=date(2026, 3, 1))
        assert [r.kind for r in said.requests] == [wishes[way]]
    leaving = letters.leaving_link(letter, language=language)
    assert bool(leaving) == bool(letter.ways) == (not isinstance(letter, Digest | MailWaits))


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("width", [30, 50, 76])
def test_takes_no_quoted_way_out_for_an_answer(language: str, width: int) -> None:
    ours = OurLetters(bodies=("\n".join(letters.our_sentences()),))
    for letter in (e for e in EXAMPLES if isinstance(e, letters.Letter) and e.ways):
        parts = render(letter, language=language).text.partition("\n--")[0].split("\n\n")
        foot = "\n\n".join(textwrap.fill(part, width) for part in parts[-2:])
        said = newly_written(f"1 done\n\n{foot}", ours=ours)
        understood = understand(said, open_commitments=["Read"], languages=(language,), on=date(2026, 3, 1))
        assert (said.splitlines()[0], understood.requests) == ("1 done", ())


def test_shows_each_their_own_time_on_both_sides_of_a_clock_change() -> None:
    text = render(EXAMPLES[0], language="en").text
    assert "30 March 2026, 09:00" in text.replace("\u202f", " ")
    before = MeetingTime(
        start=datetime(2026, 3, 27, 7, tzinfo=UTC), end=datetime(2026, 3, 27, 7, 45, tzinfo=UTC)
    )
    earlier = Introduction(**COMMON, partners=(KIM,), meeting=before, ground_rules=())
    assert "27 March 2026, 08:00" in render(earlier, language="en").text.replace("\u202f", " ")


def test_keeps_a_name_from_writing_headers() -> None:
    eve = Person(email="eve@example.com", name="Eve\r\nBcc: all@example.com")
    mail = message(
        render(EXAMPLES[6], language="en"), sender=SENDER, to=eve, reply_to="m@example.com", key="k\r\nX: y"
    )
    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert mail["X-Peerpact"] == "k X: y"


MARKS = "\u202e\u2066\u200b\u200f\ufeff\u00ad"


def test_writes_no_mark_that_turns_round_or_hides_what_follows() -> None:
    kim = Person(
        email="kim@example.com", name=f"Kim{MARKS} Oh", called=f"{MARKS}Kim", interests=(f"che{MARKS}ss",)
    )
    letter = Introduction(**COMMON, partners=(kim,), meeting=None, ground_rules=(f"Be {MARKS}kind.",))
    event = Invitation(
        people=(ADA, kim),
        sender=SENDER,
        minutes=45,
        session="",
        ground_rules=(f"Be {MARKS}kind.",),
        starters=(),
        next_meeting_link=LINK,
    )
    for rendered in (render(letter, language="en"), render(event, language="de")):
        for part in (rendered.subject, rendered.text, rendered.html):
            assert not set(MARKS) & set(part)
            assert "Kim" in part
        assert "Be kind." in rendered.text


def test_lets_a_responder_that_tells_of_leave_answer_all_but_answers() -> None:
    rendered = render(EXAMPLES[6], language="en")
    sent = message(rendered, sender=SENDER, to=ADA, reply_to="m@example.com", key="k")
    answer = message(rendered, sender=SENDER, to=ADA, reply_to="m@example.com", key="k", is_answer=True)
    assert (sent["Auto-Submitted"], answer["Auto-Submitted"]) == (None, "auto-replied")
    assert (sent["X-Auto-Response-Suppress"], answer["X-Auto-Response-Suppress"]) == (None, "OOF, AutoReply")
    assert [p.get_content_type() for p in sent.iter_parts()] == ["text/plain", "text/html"]
