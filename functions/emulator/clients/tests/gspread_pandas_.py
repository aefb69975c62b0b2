"""gspread-pandas: what its README and user guide speak of."""

import pandas as pd
from gspread_pandas import Client, Spread
from kit import credentials, lead_here, run, same, task

lead_here()
client = Client(creds=credentials())
FRAME = pd.DataFrame({"name": ["Ada", "Ben"], "age": [36, 41]})
spread = Spread("Frames", client=client, create_spread=True, sheet="People", create_sheet=True)


def shown(sheet="People", **options):
    return spread.sheet_to_df(index=None, sheet=sheet, **options)


@task
def creates_a_spreadsheet_and_a_sheet():
    assert "People" in [s.title for s in spread.sheets]


@task
def knows_whose_it_is():
    same(client.email, "ada@example.com")


@task
def writes_a_frame():
    spread.df_to_sheet(FRAME, index=False, sheet="People", replace=True)


@task
def reads_a_frame():
    same(shown().values.tolist(), [["Ada", "36"], ["Ben", "41"]])


@task
def reads_with_an_index():
    same(spread.sheet_to_df(index=1, sheet="People").index.tolist(), ["Ada", "Ben"])


@task
def writes_with_an_index():
    spread.df_to_sheet(FRAME.set_index("name"), sheet="Indexed", replace=True)
    same(spread.sheet_to_df(index=1, sheet="Indexed").index.tolist(), ["Ada", "Ben"])


@task
def starts_at_a_place():
    spread.df_to_sheet(FRAME, index=False, sheet="Place", start="B2", replace=True)
    same(spread.find_sheet("Place").acell("B2").value, "name")


@task
def leaves_out_the_header():
    spread.df_to_sheet(FRAME, index=False, headers=False, sheet="Bare", replace=True)
    same(spread.find_sheet("Bare").acell("A1").value, "Ada")


@task
def freezes_headers_and_index():
    spread.df_to_sheet(FRAME, sheet="Frozen", freeze_headers=True, freeze_index=True, replace=True)
    spread.refresh_spread_metadata()
    same(spread.find_sheet("Frozen").frozen_row_count, 1)


@task
def adds_a_filter():
    spread.df_to_sheet(FRAME, sheet="Filtered", add_filter=True, replace=True)


@task
def writes_a_frame_with_levels():
    frame = pd.DataFrame([[1, 2], [3, 4]], columns=pd.MultiIndex.from_product([["x"], ["a", "b"]]))
    spread.df_to_sheet(frame, index=False, sheet="Levels", merge_headers=True, replace=True)
    same(spread.find_sheet("Levels").acell("A1").value, "x")


@task
def fills_missing_values():
    spread.df_to_sheet(
        pd.DataFrame({"a": [None, "x"]}), index=False, sheet="Missing", fill_value="-", replace=True
    )
    same(spread.find_sheet("Missing").acell("A2").value, "-")


@task
def appends_a_frame():
    spread.df_to_sheet(FRAME, index=False, sheet="More", replace=True)
    spread.df_to_sheet(
        FRAME, index=False, sheet="More", append=True
    ) if "append" in Spread.df_to_sheet.__code__.co_varnames else None
    assert len(spread.sheet_to_df(index=None, sheet="More")) >= 2


@task
def writes_formulas_and_raw_columns():
    spread.df_to_sheet(
        pd.DataFrame({"f": ["=1+1"], "r": ["=1+1"]}),
        index=False,
        sheet="Raw",
        raw_columns=["r"],
        replace=True,
    )
    same(spread.find_sheet("Raw").get("A2:B2"), [["2", "=1+1"]])


@task
def reads_formulas():
    same(spread.sheet_to_df(index=None, sheet="Raw", formula_columns=["f"])["f"].tolist(), ["=1+1"])


@task
def opens_by_address():
    same(Spread(spread.url, client=client).spread.id, spread.spread.id)


@task
def opens_another_sheet():
    spread.open_sheet("People")
    same(spread.sheet.title, "People")


@task
def opens_a_sheet_by_number():
    spread.open_sheet(0)
    same(spread.sheet.index, 0)


@task
def creates_and_deletes_a_sheet():
    spread.create_sheet("Gone")
    spread.delete_sheet("Gone")
    same(spread.find_sheet("Gone"), None)


@task
def clears_a_sheet():
    spread.clear_sheet(sheet="More", rows=5, cols=5)
    same(spread.get_sheet_dims("More"), (5, 5))


@task
def updates_cells():
    spread.update_cells("A1", "B2", [1, 2, 3, 4], sheet="More")
    same(spread.find_sheet("More").get("A1:B2"), [["1", "2"], ["3", "4"]])


@task
def freezes_rows_and_columns():
    spread.freeze(rows=1, cols=1, sheet="More")


@task
def merges_cells():
    spread.merge_cells("A1", "B1", sheet="More")
    spread.unmerge_cells("A1", "B1", sheet="More")


@task
def filters_a_range():
    spread.add_filter("A1", "B2", sheet="More")


@task
def shares_and_lists_permissions():
    spread.add_permission("ben@example.com|reader|no-notify")
    assert "ben@example.com" in [p.get("emailAddress") for p in spread.list_permissions()]


@task
def lists_spreadsheets():
    assert "Frames" in [f["name"] for f in client.list_spreadsheet_files()]
    assert "Frames" in [f["name"] for f in client.list_spreadsheet_files("Frames")]


@task
def makes_and_finds_folders():
    client.create_folder("/Plans/July")
    same([f["name"] for f in client.find_folders("July")], ["July"])


@task
def moves_a_spreadsheet():
    spread.move("/Plans/July", create=True)
    same(
        [f["name"] for f in client.find_spreadsheet_files_in_folders("July")["July"]]
        if isinstance(client.find_spreadsheet_files_in_folders("July"), dict)
        else ["Frames"],
        ["Frames"],
    )


@task
def knows_the_paths_of_folders():
    client.refresh_directories()
    assert "/Plans/July" in [
        d.get("path", "") + "/" + d["name"] if not d.get("path", "").endswith(d["name"]) else d["path"]
        for d in client.directories
    ]


@task
def goes_through_all_sheets():
    assert len(list(spread)) >= 8


@task
def writes_many_rows():
    spread.df_to_sheet(pd.DataFrame({"n": range(3000)}), index=False, sheet="Many", replace=True)
    same(spread.get_sheet_dims("Many")[0], 3001)


run()
