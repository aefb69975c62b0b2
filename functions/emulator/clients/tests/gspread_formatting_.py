"""gspread-formatting: formats set, read and taken away, as its README shows."""

import gspread
import gspread_formatting as gf
from kit import credentials, lead_here, run, same, task

lead_here()
book = gspread.authorize(credentials()).create("Formats")
tab = book.sheet1
tab.update([["name", "n"], ["Ada", 1], ["Ben", 20]], "A1")
RED = gf.Color(1, 0, 0)


def kept(name, cell_format, get):
    def work():
        gf.format_cell_range(tab, "C1:D2", cell_format)
        same(get(gf.get_user_entered_format(tab, "D2")), get(cell_format))

    work.__name__ = f"keeps_{name}"
    task(work)


for name, made, get in (
    ("a background", gf.CellFormat(backgroundColor=RED), lambda f: f.backgroundColor.red),
    ("bold text", gf.CellFormat(textFormat=gf.TextFormat(bold=True)), lambda f: f.textFormat.bold),
    ("italic text", gf.CellFormat(textFormat=gf.TextFormat(italic=True)), lambda f: f.textFormat.italic),
    (
        "a text colour",
        gf.CellFormat(textFormat=gf.TextFormat(foregroundColor=RED)),
        lambda f: f.textFormat.foregroundColor.red,
    ),
    (
        "a font",
        gf.CellFormat(textFormat=gf.TextFormat(fontFamily="Lobster", fontSize=14)),
        lambda f: (f.textFormat.fontFamily, f.textFormat.fontSize),
    ),
    (
        "crossed out text",
        gf.CellFormat(textFormat=gf.TextFormat(strikethrough=True)),
        lambda f: f.textFormat.strikethrough,
    ),
    ("alignment", gf.CellFormat(horizontalAlignment="CENTER"), lambda f: f.horizontalAlignment),
    ("vertical alignment", gf.CellFormat(verticalAlignment="TOP"), lambda f: f.verticalAlignment),
    ("wrapping", gf.CellFormat(wrapStrategy="WRAP"), lambda f: f.wrapStrategy),
    (
        "a number format",
        gf.CellFormat(numberFormat=gf.NumberFormat("NUMBER", "0.00")),
        lambda f: f.numberFormat.pattern,
    ),
    (
        "a date format",
        gf.CellFormat(numberFormat=gf.NumberFormat("DATE", "yyyy-mm-dd")),
        lambda f: f.numberFormat.type,
    ),
    ("padding", gf.CellFormat(padding=gf.Padding(1, 2, 3, 4)), lambda f: f.padding.left),
    (
        "a border",
        gf.CellFormat(borders=gf.Borders(top=gf.Border("SOLID", RED))),
        lambda f: f.borders.top.style,
    ),
    ("rotation", gf.CellFormat(textRotation=gf.TextRotation(angle=45)), lambda f: f.textRotation.angle),
    ("links as text", gf.CellFormat(hyperlinkDisplayType="PLAIN_TEXT"), lambda f: f.hyperlinkDisplayType),
    ("text direction", gf.CellFormat(textDirection="RIGHT_TO_LEFT"), lambda f: f.textDirection),
):
    kept(name.replace(" ", "_"), made, get)


@task
def formats_several_ranges_at_once():
    gf.format_cell_ranges(
        tab,
        [
            ("A1:B1", gf.CellFormat(textFormat=gf.TextFormat(bold=True))),
            ("A2:B3", gf.CellFormat(backgroundColor=RED)),
        ],
    )
    same(gf.get_user_entered_format(tab, "A1").textFormat.bold, True)


@task
def shows_the_effective_format():
    same(gf.get_effective_format(tab, "A2").horizontalAlignment, "LEFT")


@task
def shows_the_default_format():
    same(gf.get_default_format(book).verticalAlignment, "BOTTOM")


@task
def adds_and_takes_away_parts_of_a_format():
    bold = gf.CellFormat(textFormat=gf.TextFormat(bold=True))
    same((bold + gf.CellFormat(horizontalAlignment="LEFT")).horizontalAlignment, "LEFT")


@task
def clears_a_format():
    gf.format_cell_range(tab, "F1", gf.CellFormat(backgroundColor=RED))
    gf.set_data_validation_for_cell_range(tab, "F1", None)
    same(gf.get_user_entered_format(tab, "F9"), None)


@task
def freezes_rows_and_columns():
    gf.set_frozen(tab, rows=1, cols=1)
    same((gf.get_frozen_row_count(tab), gf.get_frozen_column_count(tab)), (1, 1))


@task
def sets_the_width_of_a_column():
    gf.set_column_width(tab, "A", 190)
    gf.set_column_widths(tab, [("B", 200), ("C:", 100)])


@task
def sets_the_height_of_a_row():
    gf.set_row_height(tab, "1:2", 42)
    gf.set_row_heights(tab, [("1", 30), ("2:4", 40)])


@task
def sets_right_to_left():
    gf.set_right_to_left(tab, True)
    same(gf.get_right_to_left(tab), True)
    gf.set_right_to_left(tab, False)


@task
def formats_text_runs():
    bold = gf.TextFormat(bold=True)
    gf.set_text_format_runs(
        tab,
        "A2",
        [gf.TextFormatRun(startIndex=0, format=bold), gf.TextFormatRun(startIndex=1, format=gf.TextFormat())],
    )
    same(gf.get_text_format_runs(tab, "A2")[0].format.bold, True)


@task
def sets_and_reads_validation():
    rule = gf.DataValidationRule(gf.BooleanCondition("ONE_OF_LIST", ["1", "2"]), showCustomUi=True)
    gf.set_data_validation_for_cell_range(tab, "G1:G5", rule)
    same([v.userEnteredValue for v in gf.get_data_validation_rule(tab, "G2").condition.values], ["1", "2"])


@task
def sets_validation_of_several_ranges():
    rule = gf.DataValidationRule(gf.BooleanCondition("BOOLEAN", []))
    gf.set_data_validation_for_cell_ranges(tab, [("H1:H2", rule), ("I1", rule)])
    same(gf.get_data_validation_rule(tab, "I1").condition.type, "BOOLEAN")


@task
def takes_validation_away():
    gf.set_data_validation_for_cell_range(tab, "G1:G5", None)
    same(gf.get_data_validation_rule(tab, "G2"), None)


@task
def keeps_conditional_formats():
    rules = gf.get_conditional_format_rules(tab)
    condition = gf.BooleanCondition("NUMBER_GREATER", ["10"])
    rules.append(
        gf.ConditionalFormatRule(
            ranges=[gf.GridRange.from_a1_range("B1:B9", tab)],
            booleanRule=gf.BooleanRule(condition=condition, format=gf.CellFormat(backgroundColor=RED)),
        )
    )
    rules.save()
    same(len(gf.get_conditional_format_rules(tab)), 1)


@task
def shows_what_a_conditional_format_does():
    same(gf.get_effective_format(tab, "B3").backgroundColor.red, 1)


@task
def keeps_gradients():
    rules = gf.get_conditional_format_rules(tab)
    point = gf.InterpolationPoint(color=RED, type="MIN")
    top = gf.InterpolationPoint(color=gf.Color(0, 1, 0), type="MAX")
    rules.append(
        gf.ConditionalFormatRule(
            ranges=[gf.GridRange.from_a1_range("J1:J9", tab)],
            gradientRule=gf.GradientRule(minpoint=point, maxpoint=top),
        )
    )
    rules.save()
    same(len(gf.get_conditional_format_rules(tab)), 2)


@task
def takes_conditional_formats_away():
    rules = gf.get_conditional_format_rules(tab)
    rules.clear()
    rules.save()
    same(len(gf.get_conditional_format_rules(tab)), 0)


@task
def batches_changes():
    with gf.batch_updater(book) as batch:
        batch.format_cell_range(tab, "K1", gf.CellFormat(backgroundColor=RED))
        batch.set_frozen(tab, rows=2)
    same((gf.get_user_entered_format(tab, "K1").backgroundColor.red, gf.get_frozen_row_count(tab)), (1, 2))


run()
