"""Another partner, without an admin: who asks is parted from theirs, both get one goodbye, and nobody learns why."""

from __future__ import annotations

import pytest

from cast import Cast
from peerpact.demo.company import account_credentials, account_of
from peerpact.errors import SheetError
from peerpact.google.access import Access
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.explain import explain
from peerpact.programme.pairing.decision import ChangePairing
from peerpact.programme.wishes import UNSEEN_WISHES
from workspace_emulator import InProcessAdapter

BEN = "ben@example.com"


def partner_of(cast: Cast, person: str) -> str:
    [row] = [r for r in pairings(cast) if person in r["Addresses"] and r["State"] in {"Approved", "Proposed"}]
    return next(a for a in row["Addresses"].split(", ") if a != person)


def pairings(cast: Cast) -> list[dict[str, str]]:
    return cast.tab("Pairings")


def a_day(cast: Cast, days: int = 1) -> None:
    for _ in range(days):
        cast.wait(days=1)
        for job in ("pair_people", "book_first_meetings", "send_follow_ups", "check_roster"):
            cast.run(job)


def said(cast: Cast, person: str) -> str:
    return " ".join(cast.mails(person)[-1].get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


def goodbyes(cast: Cast, person: str) -> list[str]:
    texts = [m for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith("partner-left")]
    return [m.get_body(("plain",)).get_content() for m in texts]  # type: ignore[union-attr]


def shown_to_admins(cast: Cast) -> str:
    tabs = [w.title for w in cast.company.sheet().worksheets()]
    return str(
        [cast.company.sheet().worksheet(t).get_all_values() for t in tabs if t != "Settings"]
    ).casefold()


def explained(cast: Cast, person: str) -> str:
    access = cast.company.access(JOBS["pair_people"])
    return " ".join(explain(access, cast.clock.now(), person))


@pytest.fixture
def cast_of_two(met: Cast) -> Cast:
    """The morning after the meetings, a Thursday; Ben and his partner read English."""
    column = met.company.sheet().worksheet("Roster").col_values(2)
    for person in (BEN, partner_of(met, BEN)):
        met.enter("Roster", f"H{column.index(person) + 1}", "English")
    return met


@pytest.mark.parametrize("words", ["another partner", "I'd rather not be paired with {name} again"])
def test_parts_who_asks_from_their_partner_and_tells_nobody_whose_wish_it_was(
    cast_of_two: Cast, words: str
) -> None:
    met = cast_of_two
    partner = partner_of(met, BEN)
    [name] = [r["Name"] for r in met.tab("Roster") if r["E-mail"] == partner]
    met.reply(BEN, words.format(name=name), to="commitment-request")
    met.run("collect_replies")
    assert "On 26 January 2026 your pairing ends" in said(met, BEN)
    assert "nobody learns" in said(met, BEN)
    assert met.tab("Requests") == []
    a_day(met, 3)
    assert partner_of(met, BEN) == partner
    a_day(met)
    ended = [r for r in pairings(met) if r["State"] == "Ended"]
    assert {BEN, partner} in [set(r["Addresses"].split(", ")) for r in ended]
    assert {r["Notes"] for r in ended} == {"Ended."}
    assert partner_of(met, BEN) != partner
    a_day(met)
    mine, theirs = goodbyes(met, BEN), goodbyes(met, partner)
    assert len(mine) == len(theirs) == 1
    assert mine[0].splitlines()[4:12] == theirs[0].splitlines()[4:12]
    everything = shown_to_admins(met)
    assert not [word for word in ("another partner", "private", "wish") if word in everything]
    for person in (BEN, partner):
        assert "wish" not in explained(met, person)
    assert met.checker().faults() == []


def test_leaves_all_as_it_was_where_they_take_it_back(cast_of_two: Cast) -> None:
    met = cast_of_two
    partner = partner_of(met, BEN)
    met.reply(BEN, "another partner", to="commitment-request")
    met.run("collect_replies")
    met.wait(days=1)
    met.reply(BEN, "stay together", to="acknowledgement")
    met.run("collect_replies")
    assert "no longer counts" in said(met, BEN)
    assert met.tab("Requests") == []
    a_day(met, 4)
    assert partner_of(met, BEN) == partner


@pytest.mark.parametrize("answer", ["", "I'm in", "pause until 1 March"])
def test_asks_a_quiet_partner_once_and_finds_another_where_nothing_comes(
    cast_of_two: Cast, answer: str
) -> None:
    met = cast_of_two
    partner = partner_of(met, BEN)
    met.reply(BEN, "My partner doesn't answer my mails.", to="commitment-request")
    met.run("collect_replies")
    assert "ask the other side once" in said(met, BEN)
    a_day(met)
    [asked] = [x for x in met.letters(partner) if x.startswith("still-there:")]
    text = said(met, partner)
    assert "Are you still in?" in text
    assert "does" not in text
    if answer:
        met.reply(partner, answer, to=asked)
        met.run("collect_replies")
    a_day(met, 3)
    assert [x for x in met.letters(partner) if x.startswith("still-there:")] == [asked]
    [row] = [r for r in pairings(met) if {BEN, partner} <= set(r["Addresses"].split(", "))]
    assert row["State"] == ("Approved" if answer == "I'm in" else "Ended")
    if answer == "I'm in":
        assert "goes on" in said(met, partner)
    else:
        assert partner_of(met, BEN) != partner


def test_forgets_the_wishes_of_and_about_who_wants_to_be_forgotten(cast_of_two: Cast) -> None:
    met = cast_of_two
    met.reply(BEN, "never with Dina", to="commitment-request")
    met.run("collect_replies")
    assert [row["Wishes"] for row in met.wishes()] == ["never with"]
    met.reply(BEN, "forget me", to="acknowledgement")
    met.run("collect_replies")
    met.reply(BEN, "forget me", to="acknowledgement")
    met.run("collect_replies")
    met.wait(days=8)
    met.run("collect_replies")
    assert met.wishes() == []


def test_asks_for_an_address_where_nobody_can_tell_who_is_meant(cast_of_two: Cast) -> None:
    met = cast_of_two
    met.reply(BEN, "never with Zoe Nobody", to="commitment-request")
    met.run("collect_replies")
    assert "We can’t tell whom" in said(met, BEN)
    assert met.wishes() == []
    assert met.tab("Requests") == []


def test_previews_without_them_for_who_may_not_open_them_and_never_acts_so(cast_of_two: Cast) -> None:
    met = cast_of_two
    partner = partner_of(met, BEN)
    met.reply(BEN, "another partner", to="commitment-request")
    met.run("collect_replies")
    met.wait(days=5)
    pair_people = JOBS["pair_people"]

    def opened(who: str, *, only_looks: bool) -> Access:
        return Access(
            met.company.config,
            scopes=(),
            transport=InProcessAdapter(met.company.front),
            credentials=account_credentials(met.company.workspace, account_of(who)),
            only_looks=only_looks,
        )

    def previewed(who: str) -> tuple[bool, str]:
        plan = running.preview(pair_people, opened(who, only_looks=True), met.clock.now()).plan
        return any(BEN in a.pairing.people for a in plan.actions if isinstance(a, ChangePairing)), plan.note

    assert previewed("pair_people") == (True, "")
    assert previewed("report") == (False, UNSEEN_WISHES)
    lines = explain(opened("report", only_looks=True), met.clock.now(), BEN)
    assert [*lines][-1] == UNSEEN_WISHES
    with pytest.raises(SheetError, match="private wishes"):
        running.run(pair_people, lambda: opened("report", only_looks=False), met.clock.now)
    assert partner_of(met, BEN) == partner
