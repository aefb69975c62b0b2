"""gspread-dataframe: frames written and read back, as its README shows, and shapes around that."""

import gspread
import pandas as pd
from gspread_dataframe import get_as_dataframe, set_with_dataframe
from kit import credentials, lead_here, run, same, task

lead_here()
book = gspread.authorize(credentials()).create("Frames")
FRAME = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
CASES = {
    "whole numbers": pd.DataFrame({"n": [1, 2, 3]}),
    "fractions": pd.DataFrame({"n": [1.5, -2.25]}),
    "texts": pd.DataFrame({"t": ["one", "two words"]}),
    "texts with commas and quotes": pd.DataFrame({"t": ['a,"b"', "c\nd"]}),
    "truths": pd.DataFrame({"t": [True, False]}),
    "large numbers": pd.DataFrame({"n": [10**9, 2 * 10**9]}),
    "negative numbers": pd.DataFrame({"n": [-1, -2]}),
    "umlauts": pd.DataFrame({"ä": ["ö", "ü"]}),
    "many columns": pd.DataFrame([list(range(40))], columns=[f"c{n}" for n in range(40)]),
    "many rows": pd.DataFrame({"n": range(1200)}),
    "one cell": pd.DataFrame({"only": ["x"]}),
    "mixed columns": FRAME,
}


def fresh(rows=10, cols=5):
    return book.add_worksheet(f"T{len(book.worksheets())}", rows, cols)


def there_and_back(frame, **options):
    tab = fresh()
    set_with_dataframe(tab, frame, resize=True, **options)
    return get_as_dataframe(tab)


def entered(name, frame):
    def work():
        back = there_and_back(frame)
        same(back.astype(str).values.tolist(), frame.astype(str).values.tolist())
        same([str(c) for c in back.columns], [str(c) for c in frame.columns])

    work.__name__ = f"writes_and_reads_{name.replace(' ', '_')}"
    task(work)


for case in CASES.items():
    entered(*case)


@task
def writes_at_a_place():
    tab = fresh()
    set_with_dataframe(tab, FRAME, row=3, col=2)
    same(tab.get("B3:C5"), [["a", "b"], ["1", "x"], ["2", "y"]])


@task
def leaves_out_the_header():
    tab = fresh()
    set_with_dataframe(tab, FRAME, include_column_header=False)
    same(tab.get("A1:B2"), [["1", "x"], ["2", "y"]])


@task
def writes_the_index():
    tab = fresh()
    set_with_dataframe(tab, FRAME.set_index("b"), include_index=True)
    same(tab.get("A1:B3"), [["b", "a"], ["x", "1"], ["y", "2"]])


@task
def resizes_the_tab_to_the_frame():
    tab = fresh(100, 20)
    set_with_dataframe(tab, FRAME, resize=True)
    fitted = book.worksheet(tab.title)
    same((fitted.row_count, fitted.col_count), (3, 2))


@task
def makes_the_tab_larger_when_needed():
    tab = fresh(2, 2)
    set_with_dataframe(tab, CASES["many columns"])
    assert book.worksheet(tab.title).col_count >= 40


@task
def evaluates_formulas():
    tab = fresh()
    set_with_dataframe(tab, pd.DataFrame({"f": ["=1+1"]}))
    same(get_as_dataframe(tab, evaluate_formulas=True)["f"].dropna().tolist(), [2])


@task
def keeps_formulas_as_written():
    tab = fresh()
    set_with_dataframe(tab, pd.DataFrame({"f": ["=1+1"]}))
    same(get_as_dataframe(tab, evaluate_formulas=False)["f"].dropna().tolist(), ["=1+1"])


@task
def escapes_texts_that_look_like_formulas():
    tab = fresh()
    set_with_dataframe(tab, pd.DataFrame({"f": ["=1+1"]}), string_escaping="full")
    same(tab.acell("A2").value, "=1+1")


@task
def keeps_numbers_written_as_text():
    tab = fresh()
    set_with_dataframe(tab, pd.DataFrame({"f": ["007"]}), string_escaping=lambda s: s.startswith("0"))
    same(tab.acell("A2").value, "007")


@task
def reads_some_columns():
    tab = fresh()
    set_with_dataframe(tab, FRAME, resize=True)
    same(list(get_as_dataframe(tab, usecols=["b"]).columns), ["b"])


@task
def reads_with_kinds():
    tab = fresh()
    set_with_dataframe(tab, FRAME, resize=True)
    same(get_as_dataframe(tab, dtype={"a": str})["a"].tolist(), ["1", "2"])


@task
def skips_rows_in_reading():
    tab = fresh()
    tab.update([["title"], ["a"], ["1"]], "A1")
    same(get_as_dataframe(tab, skiprows=1).iloc[:, 0].dropna().astype(int).tolist(), [1])


@task
def reads_without_a_header():
    tab = fresh(2, 2)
    tab.update([[1, 2], [3, 4]], "A1")
    same(get_as_dataframe(tab, header=None).astype(int).values.tolist(), [[1, 2], [3, 4]])


@task
def reads_limited_rows():
    tab = fresh()
    set_with_dataframe(tab, CASES["whole numbers"], resize=True)
    same(len(get_as_dataframe(tab, nrows=2)), 2)


@task
def reads_an_index_column():
    tab = fresh()
    set_with_dataframe(tab, FRAME, resize=True)
    same(get_as_dataframe(tab, index_col="b").index.tolist(), ["x", "y"])


@task
def reads_dates_by_pandas():
    tab = fresh()
    tab.update([["day"], ["2026-03-02"]], "A1", raw=False)
    frame = get_as_dataframe(tab, parse_dates=["day"], nrows=1)
    same(str(frame["day"][0].date()), "2026-03-02")


@task
def reads_an_empty_tab():
    same(get_as_dataframe(fresh()).dropna(how="all").shape[0], 0)


@task
def writes_over_what_was_there():
    tab = fresh()
    set_with_dataframe(tab, FRAME)
    set_with_dataframe(tab, FRAME * 2)
    same(tab.get("A2:B3"), [["2", "xx"], ["4", "yy"]])


@task
def writes_two_levels_of_columns():
    tab = fresh()
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("p", "a"), ("p", "b")]))
    set_with_dataframe(tab, frame, resize=True)
    same(tab.get("A1:B3"), [["p", "p"], ["a", "b"], ["1", "2"]])


@task
def writes_missing_values_as_nothing():
    tab = fresh()
    set_with_dataframe(tab, pd.DataFrame({"n": [1.0, None], "t": ["x", None]}))
    same(tab.get("A2:B3"), [["1", "x"], []] if len(tab.get("A2:B3")) > 1 else [["1", "x"]])


run()
