"""A person whose address changes stays who they are: pairing, meeting, promises and threads go along."""

from __future__ import annotations

import states
from cast import Cast
from workspace_emulator import User

OLD, NEW = "ben@example.com", "ben.berg@example.com"


def pairing_of(cast: Cast, person: str) -> dict[str, str]:
    return next(p for p in cast.tab("Pairings") if person in p["Addresses"] and p["State"] == "Approved")


def promise(met: Cast) -> None:
    met.reply(OLD, "I will write the guide by 20 March 2026.", to="commitment-request")
    met.run("collect_replies")


def run_all(cast: Cast) -> None:
    for job in ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "collect_replies"):
        cast.run(job)


def test_takes_everything_along_when_the_former_address_is_said(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    header = met.company.sheet().worksheet("Roster").row_values(1)
    met.enter("Roster", "B3", NEW)
    met.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    run_all(met)
    assert_moved(met, before)


def test_asks_whether_it_is_the_same_person_and_does_nothing_until_a_yes(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    met.enter("Roster", "B3", NEW)
    run_all(met)
    assert pairing_of(met, OLD) == before
    met.answer_problem("Is this the same person?", "yes")
    run_all(met)
    assert not [p for p in met.tab("Problems") if "same person" in p["What is wrong"]]
    assert_moved(met, before)


def test_takes_everything_along_without_a_word_when_the_directory_knows_both(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    met.company.workspace.add_user(User(email=OLD, name="Ben Berg", aliases=(NEW,)))
    met.enter("Roster", "B3", NEW)
    run_all(met)
    met.run("check_roster")
    assert pairing_of(met, NEW)["Pairing"] == before["Pairing"]
    assert not [p for p in met.tab("Problems") if "same person" in p["What is wrong"]]


def test_takes_nothing_along_to_an_admin_who_enters_their_own_address_for_somebody_s(met: Cast) -> None:
    """What the two promised was theirs before; the directory knows two accounts, both in use."""
    promise(met)
    admin, header = met.company.admin, met.company.sheet().worksheet("Roster").row_values(1)
    got = len(met.letters(admin))
    met.enter("Roster", "B3", admin)
    met.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    for name in ("send_follow_ups", "book_first_meetings", "check_roster", "collect_replies"):
        met.run(name)
    met.wait(days=35)
    run_all(met)
    assert len(met.letters(admin)) == got
    assert {c["Person"] for c in met.ledger("Commitments")} == {OLD}
    assert [p for p in met.tab("Problems") if "two people's accounts" in p["What is wrong"]]


def test_follows_the_answer_of_an_invitation_that_went_to_the_former_address(cast: Cast) -> None:
    cast.bring_to(states.booked)
    header = cast.company.sheet().worksheet("Roster").row_values(1)
    cast.enter("Roster", "B3", NEW)
    cast.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    cast.answer(OLD, "accepted")
    run_all(cast)
    assert "Ben Berg: accepted" in pairing_of(cast, NEW)["Answers"]


def assert_moved(met: Cast, before: dict[str, str]) -> None:
    """The pairing is the same one, nobody was told goodbye, and the next letter asks about the old promise."""
    kept = ("Pairing", "State", "First meeting")
    assert [pairing_of(met, NEW)[k] for k in kept] == [before[k] for k in kept]
    met.company.workspace.add_user(User(email=NEW, name="Ben Berg", time_zone="Europe/Berlin"))
    for _ in range(5):
        met.wait(days=7)
        run_all(met)
    assert [pairing_of(met, NEW)[k] for k in kept[:2]] == [before[k] for k in kept[:2]]
    assert [c["Person"] for c in met.ledger("Commitments")] == [NEW]
    assert met.letters(NEW)[0] == f"follow-up:{before['Pairing']}:{NEW}:1"
    assert "write the guide" in met.mails(NEW)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(
        "partner-left" in key for p in met.company.workspace.users() for key in met.letters(p.email)
    )


def test_asks_once_when_everybodys_domain_changes(met: Cast) -> None:
    promise(met)
    sheet = met.company.sheet().worksheet("Roster")
    states = [(p["Pairing"], p["State"]) for p in met.tab("Pairings")]
    for column in ("B", "E"):
        cells = sheet.get(f"{column}2:{column}8")
        sheet.update([[c[0].replace("example.com", "example.org") if c else ""] for c in cells], f"{column}2")
    met.setting("Company domains", "example.com, example.org")
    run_all(met)
    [question] = [p for p in met.tab("Problems") if "same people" in p["What is wrong"]]
    assert question["What is wrong"].startswith("6 people with addresses of example.com are missing")
    met.answer_problem("same people", "yes")
    run_all(met)
    assert [(p["Pairing"], p["State"]) for p in met.tab("Pairings")] == states
    assert all(
        "example.org" in p["Addresses"] and "example.com" not in p["Addresses"] for p in met.tab("Pairings")
    )
    everybody = {a for p in met.tab("Pairings") for a in p["Addresses"].split(", ")}
    for address in everybody:
        met.company.workspace.add_user(User(email=address, name=address, time_zone="Europe/Berlin"))
    for _ in range(5):
        met.wait(days=7)
        run_all(met)
    assert all(met.letters(address) for address in everybody)
    assert "write the guide" in met.mails("ben@example.org")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(
        "partner-left" in key for p in met.company.workspace.users() for key in met.letters(p.email)
    )
