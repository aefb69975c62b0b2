"""pygsheets: what its README and documentation speak of."""

import pandas as pd
import pygsheets
from kit import credentials, lead_here, run, same, task
from pygsheets import Address, Cell, DataRange
from pygsheets.custom_types import ChartType, ExportType, HorizontalAlignment

lead_here()
client = pygsheets.authorize(custom_credentials=credentials())
book = client.create("Roster")
tab = book.sheet1


@task
def opens_by_title_key_and_address():
    same(
        {client.open("Roster").id, client.open_by_key(book.id).id, client.open_by_url(book.url).id}, {book.id}
    )


@task
def lists_ids_and_titles():
    assert "Roster" in client.spreadsheet_titles()
    assert book.id in client.spreadsheet_ids()


@task
def opens_all():
    assert book.id in [b.id for b in client.open_all("name = 'Roster'")]


@task
def opens_as_json():
    same(client.open_as_json(book.id)["properties"]["title"], "Roster")


@task
def creates_from_a_template_and_in_a_folder():
    folder = client.drive.create_folder("Plans")
    client.create("In folder", template=book, folder=folder).delete()


@task
def updates_a_value_and_reads_it():
    tab.update_value("A1", "name")
    same(tab.get_value("A1"), "name")


@task
def updates_many_values():
    tab.update_values("A1", [["name", "age"], ["Ada", 36], ["Ben", 41]])
    same(tab.get_values("A1", "B3"), [["name", "age"], ["Ada", "36"], ["Ben", "41"]])


@task
def updates_rows_and_columns():
    tab.update_row(5, ["x", "y"])
    tab.update_col(4, ["p", "q"])
    same((tab.get_row(5)[:2], tab.get_col(4)[:2]), (["x", "y"], ["p", "q"]))


@task
def updates_in_batches():
    tab.update_values_batch(["F1", "G1:G2"], [[["f"]], [["g"], ["h"]]])
    same(tab.get_values_batch(["F1:F1", "G1:G2"]), [[["f"]], [["g"], ["h"]]])


@task
def reads_all_values_and_records():
    same(tab.get_all_values()[1][:2], ["Ada", "36"])
    same(tab.get_all_records()[0]["age"], 36)


@task
def reads_cells():
    cell = tab.cell("B2")
    same((cell.row, cell.col, cell.value), (2, 2, "36"))


@task
def enters_formulas():
    tab.cell("C2").formula = "=B2*2"
    same(tab.cell("C2").value, "72")


@task
def sets_notes():
    tab.cell("A2").note = "a note"
    same(book.worksheet_by_title("Sheet1").cell("A2").note, "a note")


@task
def sets_colours():
    tab.cell("A3").color = (1, 0, 0)
    same(tab.cell("A3").color[0], 1)


@task
def sets_text_formats():
    tab.cell("A1").set_text_format("bold", True)
    tab.cell("A1").set_horizontal_alignment(HorizontalAlignment.CENTER)
    cell = tab.cell("A1")
    cell.fetch()
    same(cell.text_format["bold"], True)


@task
def sets_number_formats():
    tab.cell("B2").set_number_format(pygsheets.FormatType.NUMBER, "0.00")
    same(tab.get_value("B2"), "36.00")


@task
def works_without_a_link():
    cell = Cell("H1")
    cell.value = "loose"
    tab.update_cells([cell])
    same(tab.get_value("H1"), "loose")


@task
def finds_and_replaces():
    same([c.label for c in tab.find("Ben")], ["A3"])
    tab.replace("Ben", "Bert")
    same(tab.get_value("A3"), "Bert")


@task
def inserts_rows_and_columns():
    tab.insert_rows(1, values=["Cleo", "29"])
    same(tab.get_value("A2"), "Cleo")
    tab.delete_rows(2)
    tab.insert_cols(1)
    tab.delete_cols(2)
    same(tab.get_value("A2"), "Ada")


@task
def appends_a_table():
    tab.append_table(["Dan", 50])
    same("Dan" in [r[0] for r in tab.get_all_values()], True)


@task
def sorts_a_range():
    tab.update_values("J1", [["b"], ["a"]])
    tab.sort_range("J1", "J2")
    same(tab.get_col(10)[:2], ["a", "b"])


@task
def clears_a_range():
    tab.clear("J1", "J2")
    same(tab.get_value("J1"), "")


@task
def makes_named_ranges():
    tab.create_named_range("people", "A1", "B3", returnas="json")
    same([r.name for r in tab.get_named_ranges()], ["people"])
    same(tab.get_named_range("people").start_addr, (1, 1))


@task
def deletes_named_ranges():
    tab.delete_named_range("people")
    same(tab.get_named_ranges(), [])


@task
def protects_ranges():
    made = tab.create_protected_range("A1", "B2")
    assert made.protected
    tab.remove_protected_range(made.protect_id)


@task
def applies_formats_to_ranges():
    model = Cell("A1")
    model.color = (0, 1, 0)
    DataRange("A1", "B2", worksheet=tab).apply_format(model)
    same(tab.cell("B2").color[1], 1)


@task
def borders_and_merges():
    DataRange("L1", "M2", worksheet=tab).update_borders(top=True, style="SOLID")
    tab.merge_cells("L1", "M2")
    tab.refresh()
    same(len(tab.merged_ranges), 1)


@task
def writes_and_reads_frames():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    other = book.add_worksheet("Frame")
    other.set_dataframe(frame, "A1", fit=True)
    same(other.get_as_df().values.tolist(), [[1, "x"], [2, "y"]])


@task
def adds_copies_and_deletes_worksheets():
    two = book.add_worksheet("Copy", src_worksheet=tab)
    same(two.get_value("A1"), "name")
    book.del_worksheet(two)


@task
def freezes_and_resizes():
    tab.frozen_rows = 1
    tab.resize(60, 20)
    same((tab.frozen_rows, tab.rows, tab.cols), (1, 60, 20))


@task
def sets_widths_heights_and_hides():
    tab.adjust_column_width(1, 2, 150)
    tab.adjust_row_height(1, 2, 40)
    tab.hide_dimensions(3, 4)
    tab.show_dimensions(3, 4)


@task
def draws_and_deletes_charts():
    chart = tab.add_chart(
        ("A1", "A3"), [("B1", "B3")], "Ages", chart_type=ChartType.COLUMN, anchor_cell="D10"
    )
    same([c.title for c in tab.get_charts()], ["Ages"])
    chart.title = "Years"
    chart.delete()
    same(tab.get_charts(), [])


@task
def validates_and_filters():
    tab.set_data_validation("K1", "K5", condition_type="ONE_OF_LIST", condition_values=["a", "b"])
    tab.set_basic_filter("A1", "B5")
    tab.clear_basic_filter()


@task
def formats_by_condition():
    tab.add_conditional_formatting("B1", "B5", "NUMBER_GREATER", {"backgroundColor": {"red": 1}}, ["40"])


@task
def keeps_developer_metadata():
    made = tab.create_developer_metadata("person", "ada")
    same([m.value for m in tab.get_developer_metadata("person")], ["ada"])
    made.value = "ben"
    made.update()
    made.delete()


@task
def shares_and_takes_back():
    book.share("ben@example.com", role="writer", emailMessage="hi")
    assert "ben@example.com" in [p.get("emailAddress") for p in book.permissions]
    book.remove_permission("ben@example.com")


@task
def exports():
    tab.export(ExportType.CSV, filename="out")
    same(open("out.csv").read().splitlines()[0].split(",")[:2], ["name", "age"])
    book.export(ExportType.XLS, filename="whole")


@task
def batches_requests():
    client.set_batch_mode(True)
    tab.update_value("N1", "batched")
    client.run_batch()
    client.set_batch_mode(False)
    same(tab.get_value("N1"), "batched")


@task
def knows_addresses():
    same((Address("B3").index, Address((3, 2)).label), ((3, 2), "B3"))


@task
def renames_moves_and_hides_worksheets():
    other = book.worksheet_by_title("Frame")
    other.title, other.index = "First", 0
    same([w.title for w in client.open_by_key(book.id).worksheets()], ["First", "Sheet1"])
    other.hidden = True
    other.hidden = False


@task
def renames_and_deletes_the_spreadsheet():
    book.title = "Renamed"
    same(client.open("Renamed").id, book.id)
    client.create("Gone").delete()
    assert "Gone" not in client.spreadsheet_titles()


run()
