"""gspread: what its user guide speaks of."""

import gspread
from kit import ADA, BEN, credentials, lead_here, run, same, task

lead_here()
client = gspread.authorize(credentials(ADA))
book = client.create("Roster")
tab = book.sheet1


@task
def opens_by_title_key_and_address():
    same(
        {client.open("Roster").id, client.open_by_key(book.id).id, client.open_by_url(book.url).id}, {book.id}
    )


@task
def says_when_there_is_no_such_spreadsheet():
    try:
        client.open("None")
    except gspread.SpreadsheetNotFound:
        return
    raise AssertionError("found")


@task
def lists_all_spreadsheets():
    assert "Roster" in [b.title for b in client.openall()]


@task
def creates_in_a_folder_and_copies():
    copy = client.copy(book.id, title="Copy")
    same(copy.title, "Copy")
    client.del_spreadsheet(copy.id)


@task
def shares_and_lists_permissions():
    book.share("ben@example.com", perm_type="user", role="writer", notify=False)
    same({p["emailAddress"]: p["role"] for p in book.list_permissions()}["ben@example.com"], "writer")


@task
def lets_the_other_one_write():
    gspread.authorize(credentials(BEN)).open_by_key(book.id).sheet1.update_acell("Z1", "ben")
    same(tab.acell("Z1").value, "ben")


@task
def takes_permissions_back():
    same(len(book.remove_permissions("ben@example.com", role="any")), 1)


@task
def adds_lists_and_deletes_worksheets():
    other = book.add_worksheet("Other", rows=10, cols=5)
    same([w.title for w in book.worksheets()], ["Sheet1", "Other"])
    book.del_worksheet(other)


@task
def renames_and_duplicates_a_worksheet():
    two = tab.duplicate(new_sheet_name="Two")
    two.update_title("Second")
    same(book.worksheet("Second").id, two.id)
    book.del_worksheet(two)


@task
def reorders_worksheets():
    other = book.add_worksheet("First", 5, 5)
    book.reorder_worksheets([other, tab])
    same(book.get_worksheet(0).title, "First")
    book.del_worksheet(other)


@task
def updates_a_range_and_reads_it():
    tab.update([["name", "age"], ["Ada", 36], ["Ben", 41]], "A1")
    same(tab.get("A1:B3"), [["name", "age"], ["Ada", "36"], ["Ben", "41"]])


@task
def reads_records():
    same([r["age"] for r in tab.get_all_records(expected_headers=["name", "age"])], [36, 41])


@task
def reads_rows_and_columns():
    same((tab.row_values(2)[:2], tab.col_values(1)), (["Ada", "36"], ["name", "Ada", "Ben"]))


@task
def reads_unformatted_values():
    same(tab.get("B2:B3", value_render_option="UNFORMATTED_VALUE"), [[36], [41]])


@task
def enters_and_reads_formulas():
    tab.update_acell("C2", "=B2*2")
    same((tab.acell("C2").value, tab.acell("C2", value_render_option="FORMULA").value), ("72", "=B2*2"))


@task
def finds_cells():
    cell = tab.find("Ben")
    same((cell.row, cell.col, [c.address for c in tab.findall("Ada")]), (3, 1, ["A2"]))


@task
def updates_single_cells_and_lists_of_cells():
    cells = tab.range("E1:F2")
    for n, cell in enumerate(cells):
        cell.value = n
    tab.update_cells(cells)
    same(tab.get("E1:F2"), [["0", "1"], ["2", "3"]])


@task
def appends_rows():
    tab.append_row(["Cleo", 29], table_range="A1:B1")
    tab.append_rows([["Dan", 50], ["Eve", 51]], table_range="A1:B1")
    same(tab.col_values(1), ["name", "Ada", "Ben", "Cleo", "Dan", "Eve"])


@task
def inserts_and_deletes_rows_and_columns():
    tab.insert_row(["top"], 1)
    same(tab.acell("A1").value, "top")
    tab.delete_rows(1)
    tab.insert_cols([["left"]], 1)
    tab.delete_columns(1)
    same(tab.acell("A1").value, "name")


@task
def updates_in_batches():
    tab.batch_update([{"range": "H1:H2", "values": [["h"], ["i"]]}, {"range": "I1", "values": [["j"]]}])
    same(tab.batch_get(["H1:H2", "I1"]), [[["h"], ["i"]], [["j"]]])


@task
def clears_ranges():
    tab.batch_clear(["H1:I2"])
    same(tab.get("H1:I2"), [[]])


@task
def formats_cells():
    tab.format("A1:B1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}})
    same(
        book.fetch_sheet_metadata({"includeGridData": True, "ranges": "A1"})["sheets"][0]["data"][0][
            "rowData"
        ][0]["values"][0]["userEnteredFormat"]["textFormat"]["bold"],
        True,
    )


@task
def freezes_and_resizes():
    tab.freeze(rows=1)
    tab.resize(rows=50)
    fresh = book.worksheet("Sheet1")
    same((fresh.frozen_row_count, fresh.row_count), (1, 50))


@task
def sorts_by_a_column():
    tab.sort((2, "des"), range="A2:C6")
    same(tab.col_values(1)[1:], ["Eve", "Dan", "Ben", "Ada", "Cleo"])


@task
def merges_and_unmerges():
    tab.merge_cells("K1:L2")
    tab.unmerge_cells("K1:L2")


@task
def keeps_notes():
    tab.update_note("A1", "a note")
    same(tab.get_note("A1"), "a note")
    tab.clear_note("A1")
    same(tab.get_note("A1"), "")


@task
def defines_and_deletes_named_ranges():
    tab.define_named_range("A1:B6", "people")
    same(tab.get("people")[0][0], "name")
    book.list_named_ranges()
    tab.delete_named_range(book.list_named_ranges()[0]["namedRangeId"])


@task
def protects_ranges():
    answer = tab.add_protected_range("A1:B2", editor_users_emails=["ada@example.com"])
    number = answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    same(len(book.list_protected_ranges(tab.id)), 1)
    tab.delete_protected_range(number)


@task
def sets_filters_and_validation():
    tab.set_basic_filter("A1:B6")
    tab.clear_basic_filter()
    tab.add_validation("D1:D5", gspread.utils.ValidationConditionType.one_of_list, ["a", "b"])


@task
def copies_and_cuts_ranges():
    tab.copy_range("A1:B1", "N1:O1")
    same(tab.acell("N1").value, "name")
    tab.cut_range("N1:O1", "P1")
    same(tab.acell("P1").value, "name")


@task
def hides_groups_and_colours_tabs():
    tab.hide_columns(3, 4)
    tab.unhide_columns(3, 4)
    tab.add_dimension_group_rows(2, 4)
    tab.delete_dimension_group_rows(2, 4)
    tab.update_tab_color("#ff0000")


@task
def exports_as_csv_and_excel():
    assert book.export(gspread.utils.ExportFormat.CSV).startswith(b"name,age")
    assert book.export(gspread.utils.ExportFormat.EXCEL)[:2] == b"PK"


@task
def imports_csv():
    target = client.create("Imported")
    client.import_csv(target.id, "a,b\n1,2")
    same(target.sheet1.get_all_values(), [["a", "b"], ["1", "2"]])


@task
def sets_locale_and_time_zone():
    book.update_locale("de_DE")
    book.update_timezone("Europe/Berlin")
    same((book.locale, book.timezone), ("de_DE", "Europe/Berlin"))


run()
