"""Sheets, beside myworld 0.2.1 of PyPI, with 5,000 rows there; and from 1,000 to 100,000 rows."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.request import Request, urlopen

from frame import Ask, Client, Growth, Row, python_tool

BOOKS = "/v4/spreadsheets"
RAW = "valueInputOption=RAW"
FILLED = 5_000


@contextmanager
def myworld() -> Iterator[Client]:
    """Serve myworld, with a world that has a Drive."""
    command = python_tool("myworld==0.2.1") / "myworld"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [command, "serve", "--port", str(port), "--log-level", "error"], stdout=subprocess.DEVNULL
    ) as it:
        try:
            _wait_for(port)
            spec = json.dumps({"spec": {"name": "bench", "servers": {"drive": {}}}}).encode()
            world = json.load(urlopen(Request(f"{url}/envs", spec, {"Content-Type": "application/json"})))
            token = world["credentials"]["agent"]["google_access_token"]
            yield Client(url, token, prefix="/gw/sheets.googleapis.com")
        finally:
            it.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("myworld never listened")


def filled(client: Client, rows: int) -> str:
    """Return the path of a new spreadsheet with so many rows of five columns."""
    made = client.call("POST", BOOKS, {"properties": {"title": "Bench"}})
    path = f"{BOOKS}/{made['spreadsheetId']}"
    for start in range(0, rows, 5_000):
        lines = [_line(number) for number in range(start, min(start + 5_000, rows))]
        client.call("POST", f"{path}/values/Sheet1!A1:append?{RAW}", {"values": lines})
    return path


def _line(number: int) -> list[str | int]:
    return [f"person{number}@example.com", f"Person {number}", number, "yes", "Team " + "ABCDE"[number % 5]]


def _reading(place: str) -> Row:
    def prepare(client: Client) -> Ask:
        path = filled(client, FILLED)
        return lambda _: client.call("GET", f"{path}/values/Sheet1!{place}")

    return Row(name=f"values.get {place}", prepare=prepare)


def _batch_get(client: Client) -> Ask:
    path = filled(client, FILLED)
    ranges = "&".join(f"ranges=Sheet1!A{row}:E{row + 20}" for row in (10, 900, 3000))
    return lambda _: client.call("GET", f"{path}/values:batchGet?{ranges}")


def _update(client: Client) -> Ask:
    path = filled(client, FILLED)

    def ask(number: int) -> object:
        row = 10 + number % 1000
        values = {"values": [[number, "x"]]}
        return client.call("PUT", f"{path}/values/Sheet1!C{row}:D{row}?{RAW}", values)

    return ask


def _batch_update(client: Client) -> Ask:
    path = filled(client, FILLED)

    def ask(number: int) -> object:
        data = [{"range": f"Sheet1!D{10 + (number + i * 7) % 1000}", "values": [[number]]} for i in range(10)]
        return client.call("POST", f"{path}/values:batchUpdate", {"valueInputOption": "RAW", "data": data})

    return ask


def _append(client: Client, rows: int = FILLED) -> Ask:
    path = filled(client, rows)
    return lambda number: client.call(
        "POST", f"{path}/values/Sheet1!A1:append?{RAW}", {"values": [_line(number)]}
    )


def _metadata(client: Client) -> Ask:
    path = filled(client, FILLED)
    return lambda _: client.call("GET", f"{path}?fields=sheets.properties")


def _insert_row(client: Client, rows: int = FILLED) -> Ask:
    path = filled(client, rows)
    sheet = client.call("GET", f"{path}?fields=sheets.properties")["sheets"][0]["properties"]["sheetId"]
    area = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 500, "endIndex": 501}
    body = {"requests": [{"insertDimension": {"range": area}}]}
    return lambda _: client.call("POST", f"{path}:batchUpdate", body)


def _read_few(client: Client, rows: int) -> Ask:
    path = filled(client, rows)
    return lambda _: client.call("GET", f"{path}/values/Sheet1!A{rows // 2}:E{rows // 2 + 20}")


def _write_and_read(client: Client, rows: int) -> Ask:
    path = filled(client, rows)

    def ask(number: int) -> object:
        client.call("PUT", f"{path}/values/Sheet1!C500?{RAW}", {"values": [[number]]})
        return client.call("GET", f"{path}/values/Sheet1!A490:E510")

    return ask


def _with_formulas(client: Client, rows: int) -> Ask:
    """Write where no formula reads, below formulas that look up each row, and read one of them."""
    path = filled(client, rows)
    formulas = [[f'=IFERROR(VLOOKUP(A{row},$A$1:$B$50,2,FALSE),"")'] for row in range(1, 1001)]
    client.call("PUT", f"{path}/values/Sheet1!G1:G1000?valueInputOption=USER_ENTERED", {"values": formulas})
    client.call("GET", f"{path}/values/Sheet1!G1:G1000")

    def ask(number: int) -> object:
        client.call("PUT", f"{path}/values/Sheet1!D500?{RAW}", {"values": [[number]]})
        return client.call("GET", f"{path}/values/Sheet1!G10:G20")

    return ask


ROWS: Sequence[Row] = (
    _reading("A100:E120"),
    _reading("A1:E5000"),
    Row(name="values.batchGet of three ranges", prepare=_batch_get),
    Row(name="values.update of two cells", prepare=_update),
    Row(name="values.batchUpdate of ten cells", prepare=_batch_update),
    Row(name="values.append of a row", prepare=_append),
    Row(name="spreadsheets.get of the tabs", prepare=_metadata),
    Row(name="insertDimension of a row", prepare=_insert_row),
)
_SIZES = (1_000, 100_000)
GROWTH: Sequence[Growth] = (
    Growth(name="values.get of 20 rows, 1,000 to 100,000 rows", sizes=_SIZES, prepare=_read_few),
    Growth(name="values.append, 1,000 to 100,000 rows", sizes=_SIZES, prepare=_append),
    Growth(name="insertDimension, 1,000 to 100,000 rows", sizes=_SIZES, prepare=_insert_row),
    Growth(name="update and get, 1,000 to 100,000 rows", sizes=_SIZES, prepare=_write_and_read),
    Growth(name="the same beside 1,000 formulas", sizes=_SIZES, prepare=_with_formulas),
)
