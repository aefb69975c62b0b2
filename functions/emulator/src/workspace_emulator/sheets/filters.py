"""Data filters: ranges and developer metadata found by name or by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Tab, block_of, check_inside

Filter = Mapping[str, Any]
Metadata = Mapping[str, Any]
Location = Mapping[str, Any]


def places_of(book: Book, data_filter: Filter) -> list[tuple[Tab, Block]]:
    """Return the blocks that a filter means, in the order of their rows and columns.

    Raises:
        ApiError: The filter is empty, or names a range that there isn't.
    """
    if "a1Range" in data_filter:
        tab, block = book.place(data_filter["a1Range"])
        check_inside(tab, block, data_filter["a1Range"])
        return [(tab, block)]
    if "gridRange" in data_filter:
        tab, block = book.tab(data_filter["gridRange"].get("sheetId", 0)), block_of(data_filter["gridRange"])
        check_inside(tab, block, f"{tab.title}!R{block.row + 1}C{block.column + 1}")
        return [(tab, block)]
    if "developerMetadataLookup" not in data_filter:
        raise bad_request("Must specify a filter: a1Range, gridRange or developerMetadataLookup.")
    found = [_place(book, m["location"]) for m in metadata_matching(book, [data_filter])]
    places = list(dict.fromkeys((tab.sheet_id, block) for tab, block in found))
    return [(book.tab(sheet_id), block) for sheet_id, block in sorted(places, key=_by_place)]


def metadata_matching(book: Book, filters: Iterable[Filter]) -> list[dict[str, Any]]:
    """Return the developer metadata that any of the filters finds, each once."""
    found: list[dict[str, Any]] = []
    for data_filter in filters:
        fitting = _fitting(book, data_filter)
        found += [dict(m) for m in fitting if m not in found]
    return found


def _fitting(book: Book, data_filter: Filter) -> Iterator[Metadata]:
    kept: list[Metadata] = book.document["developerMetadata"]
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        places = places_of(book, data_filter)
        yield from (m for m in kept if any(_lies_in(m["location"], tab, b) for tab, b in places))
        return
    names = ("metadataId", "metadataKey", "metadataValue", "visibility")
    for metadata in kept:
        if (
            all(metadata.get(n) == lookup[n] for n in names if n in lookup)
            and lookup.get("locationType") in (None, metadata["location"]["locationType"])
            and _is_at(metadata["location"], lookup)
        ):
            yield metadata


def _is_at(location: Location, lookup: Filter) -> bool:
    """Tell whether a location is the one looked for, or, unless exactly that was asked for, touches it."""
    wanted = lookup.get("metadataLocation")
    if not wanted:
        return True
    if lookup.get("locationMatchingStrategy", "EXACT_LOCATION") == "EXACT_LOCATION":
        return _bare(location) == _bare(wanted)
    if wanted.get("spreadsheet") or location.get("spreadsheet"):
        return True
    if _sheet(wanted) != _sheet(location):
        return False
    one, other = wanted.get("dimensionRange"), location.get("dimensionRange")
    if not one or not other or one["dimension"] != other["dimension"]:
        return True
    first, second = (_ends(r) for r in (one, other))
    return first[0] < second[1] and second[0] < first[1]


def _bare(location: Location) -> tuple[Any, ...]:
    span = location.get("dimensionRange")
    ends = (span["dimension"], *_ends(span)) if span else ()
    return (
        bool(location.get("spreadsheet")),
        None if location.get("spreadsheet") else _sheet(location),
        *ends,
    )


def _sheet(location: Location) -> int:
    return int(location.get("dimensionRange", location).get("sheetId", 0))


def _ends(span: Mapping[str, Any]) -> tuple[int, float]:
    return span.get("startIndex", 0), span.get("endIndex", float("inf"))


def _place(book: Book, location: Location) -> tuple[Tab, Block]:
    if location.get("spreadsheet"):
        return book.tabs()[0], Block()
    tab, span = book.tab(_sheet(location)), location.get("dimensionRange")
    if not span:
        return tab, Block()
    start, end = span.get("startIndex", 0), span.get("endIndex")
    return tab, (Block(start, 0, end, None) if span["dimension"] == "ROWS" else Block(0, start, None, end))


def _lies_in(location: Location, tab: Tab, block: Block) -> bool:
    """Tell whether metadata belongs to a range: that of its sheet, or to whole rows or columns of it."""
    if location.get("spreadsheet") or _sheet(location) != tab.sheet_id:
        return False
    span = location.get("dimensionRange")
    if not span:
        return block == Block()
    start, end = _ends(span)
    found = tab.bounded(block)
    is_rows = span["dimension"] == "ROWS"
    low, high = (found.row, found.end_row) if is_rows else (found.column, found.end_column)
    return low <= start and end <= (high or 0)


def _by_place(place: tuple[int, Block]) -> tuple[int, int, int]:
    sheet_id, block = place
    return sheet_id, block.row, block.column
