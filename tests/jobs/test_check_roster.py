"""What admins read on Problems and Start here."""

from __future__ import annotations

from cast import Cast
from states import booked


def problems(cast: Cast) -> list[tuple[str, str, str]]:
    return [(p["Tab"], p["Who or which"], p["What is wrong"]) for p in cast.tab("Problems")]


def test_finds_nothing_wrong_with_a_clean_roster(cast: Cast) -> None:
    cast.run("check_roster")
    assert problems(cast) == []
    assert {line["Topic"]: line["In words"] for line in cast.tab("Start here")}["Taking part"] == (
        "6 of 7 people on the roster."
    )


def test_explains_each_fault_and_takes_it_back_when_it_is_mended(cast: Cast) -> None:
    cast.enter("Roster", "F3", "Europe/Berln")
    cast.run("check_roster")
    assert problems(cast) == [
        (
            "Roster",
            "ben@example.com",
            "The time zone “Europe/Berln” is unknown. Until then the time zone in Settings holds.",
        )
    ]
    cast.enter("Roster", "F3", "Europe/Berlin")
    cast.run("check_roster")
    assert problems(cast) == []


def test_shows_the_problem_beside_the_row_concerned(cast: Cast) -> None:
    cast.enter("Roster", "F3", "Europe/Berln")
    cast.run("check_roster")
    roster = {r["E-mail"]: r["Problem"] for r in cast.tab("Roster") if r["E-mail"]}
    assert (
        roster["ben@example.com"]
        == "The time zone “Europe/Berln” is unknown. Until then the time zone in Settings holds."
    )
    assert roster["ada@example.com"] == ""


def test_tells_of_a_never_pair_row_with_somebody_unknown(cast: Cast) -> None:
    cast.enter("Never pair", "A2", "ben@example.com")
    cast.enter("Never pair", "B2", "nobody@example.com")
    cast.run("check_roster")
    assert problems(cast) == [
        ("Never pair", "ben@example.com / nobody@example.com", "nobody@example.com is not on the roster.")
    ]


def test_asks_for_the_first_rounds_day_when_none_is_set(cast: Cast) -> None:
    cast.setting("First round opens on", "")
    cast.run("check_roster")
    assert [p[1] for p in problems(cast)] == ["First round opens on"]


def test_holds_the_default_when_a_setting_is_unusable(cast: Cast) -> None:
    cast.setting("Review days", "a week")
    cast.run("check_roster")
    assert [p[1] for p in problems(cast)] == ["Review days"]


def test_makes_no_writing_call_when_nothing_is_new(cast: Cast) -> None:
    cast.run("check_roster")
    cast.run("check_roster")
    cast.writes()
    cast.run("check_roster")
    assert cast.writes() == 0


def test_previews_without_changing_anything(cast: Cast) -> None:
    cast.writes()
    assert cast.preview("check_roster")[0].startswith("On Start here: ")
    assert cast.writes() == 0


def test_says_how_many_pairings_the_round_has(cast: Cast) -> None:
    def rounds() -> str:
        cast.run("check_roster")
        return next(line["In words"] for line in cast.tab("Start here") if line["Topic"] == "Pairings")

    assert rounds().startswith("Round 1 is open, without pairings yet. ")
    cast.run("pair_people")
    assert rounds().startswith("Round 1 is open, with 3 pairings; 3 of them wait for your objection. ")


def linked(cast: Cast, where: str, column: int) -> dict[str, dict[str, str]]:
    """Return the cells of a column that lead somewhere, by what is first in their rows."""
    fields = "sheets.data.rowData.values(formattedValue,hyperlink)"
    shown = cast.company.sheet().fetch_sheet_metadata(params={"ranges": where, "fields": fields})
    rows = [
        r["values"] for r in shown["sheets"][0]["data"][0]["rowData"] if len(r.get("values", ())) > column
    ]
    return {cells[0]["formattedValue"]: cells[column] for cells in rows if cells[column].get("hyperlink")}


def test_leads_on_by_a_word_to_each_place(cast: Cast) -> None:
    cast.run("check_roster")
    led = linked(cast, "'Start here'!A2:E30", 4)
    lines = {line["Topic"]: line for line in cast.tab("Start here") if line["Address"]}
    assert "Proposals" in lines
    assert led == {t: {"formattedValue": "Open", "hyperlink": line["Address"]} for t, line in lines.items()}


def test_leads_from_each_pairing_to_its_event_by_a_word_in_the_admins_language(cast: Cast) -> None:
    cast.bring_to(booked)
    cast.setting("Admin language", "Deutsch")
    cast.init()
    led = linked(cast, "Pairings!A2:Z30", list(cast.tab("Pairings")[0]).index("Open"))
    assert len(led) == 3
    assert led == {
        pairing["People"]: {"formattedValue": "Öffnen", "hyperlink": pairing["Link"]}
        for pairing in cast.tab("Pairings")
    }
