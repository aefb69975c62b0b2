"""Where the local Workspace keeps its state: named collections of documents that are never changed in place.

A document is a JSON-able value under a string key. To change one, put a new value: that makes a snapshot free
until the next change and lets a refused batch be undone. What the documents mean is the services' affair.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import ItemsView, Iterable, Iterator, Mapping, MutableMapping, ValuesView
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Any, Protocol, TypeVar

_ABSENT = object()
_VERSIONS = count(1)


FORM = 2
"""The form of what a file holds; it grows when an older file can't be read any more."""


class StoreOfAnotherForm(Exception):  # noqa: N818 - a state of affairs
    """The file was written by a local Workspace that kept things otherwise."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was written by another version of the local Workspace, which kept things otherwise. It is left "
            "as it is: name a new file, or use the version that wrote it."
        )


class StoreInUse(Exception):  # noqa: N818 - a state of affairs
    """Another process, or another Workspace of this one, holds the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in use by another local Workspace. Two on one file would lose what the other wrote: stop "
            "the other one, or name another file."
        )


class Index(Protocol):
    """What follows the documents of a collection, so that nobody has to walk through them."""

    def changed(self, key: str, old: Any, new: Any, /) -> None:
        """Take note that a document is new (no old one), other than it was, or gone (no new one)."""


_I = TypeVar("_I", bound=Index)


class Collection(MutableMapping[str, Any]):
    """Documents by key, in order of first insertion. Values must be replaced, never changed in place.

    Where the order means nothing, deleting need not remember it.
    """

    __slots__ = ("_changed", "_documents", "_indexes", "_journal", "_name", "_ordered", "_shared", "version")

    def __init__(self, name: str, documents: dict[str, Any], journal: _Journal) -> None:
        self._ordered = True
        self._name = name
        self._documents = documents
        self._indexes: dict[type[Index], Index] = {}
        self._changed: set[str] = set()
        self._journal = journal
        self._shared = False  # a snapshot holds the same dict: copy it before the next change
        self.version = next(_VERSIONS)  # another number after each change, never used before

    def __getitem__(self, key: str) -> Any:
        return self._documents[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self._documents.get(key, default)

    def values(self) -> ValuesView[Any]:
        return self._documents.values()

    def items(self) -> ItemsView[str, Any]:
        return self._documents.items()

    def __setitem__(self, key: str, document: Any) -> None:
        old = self._documents.get(key, _ABSENT)
        journal = self._journal  # written out here: nothing is done more often
        if journal.depth and id(self) not in journal.whole:
            journal.steps.append((_put_back, self, key, old))
        if self._shared:
            self._documents, self._shared = dict(self._documents), False
        self._documents[key] = document
        self.version = next(_VERSIONS)
        self._changed.add(key)
        journal.dirty[self._name] = self
        if self._indexes:
            known = None if old is _ABSENT else old
            for index in self._indexes.values():
                index.changed(key, known, document)

    def put_all(self, documents: Mapping[str, Any]) -> None:
        """Put several documents at once."""
        if self._indexes or not documents:
            for key, document in documents.items():
                self[key] = document
            return
        self._journal.will_change_some(self, documents)
        if self._shared:
            self._documents, self._shared = dict(self._documents), False
        self._documents.update(documents)
        self.version = next(_VERSIONS)
        self._changed.update(documents)
        self._journal.dirty[self._name] = self

    def __delitem__(self, key: str) -> None:
        if key not in self._documents:
            raise KeyError(key)
        self._journal.will_delete(self, key)
        self._changes(key)
        old = self._documents.pop(key)
        for index in self._indexes.values():
            index.changed(key, old, None)

    def index(self, kind: type[_I]) -> _I:
        """Return an index of that kind, which follows all changes; made when it is first asked for."""
        found = self._indexes.get(kind)
        if found is None:
            found = self._indexes[kind] = kind()
            for key, document in self._documents.items():
                found.changed(key, None, document)
        assert isinstance(found, kind)
        return found

    def clear(self) -> None:
        self._journal.will_clear(self)
        for key in self._documents:
            self._note(key)
        self._documents, self._shared, self.version = {}, False, next(_VERSIONS)
        self._indexes = {}

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def _changes(self, key: str) -> None:
        if self._shared:
            self._documents, self._shared = dict(self._documents), False
        self.version = next(_VERSIONS)
        self._changed.add(key)
        self._journal.dirty[self._name] = self

    def _note(self, key: str) -> None:
        self._changed.add(key)
        self._journal.dirty[self._name] = self

    def _adopt(self, documents: dict[str, Any], *, differing: bool) -> None:
        """Take over a whole dict that somebody else holds too."""
        if documents is self._documents:
            return
        if differing:
            for key in self._documents.keys() | documents.keys():
                if self._documents.get(key, _ABSENT) is not documents.get(key, _ABSENT):
                    self._note(key)
        self._documents, self._shared, self.version = documents, True, next(_VERSIONS)
        self._indexes = {}


class _Journal:
    """What to undo, newest last, while somebody may want it undone; and which collections to write out."""

    __slots__ = ("depth", "dirty", "steps", "whole")

    def __init__(self) -> None:
        self.dirty: dict[str, Collection] = {}
        self.steps: list[tuple[Any, ...]] = []
        """Of each step what undoes it: a function and what it is given."""
        self.whole: set[int] = set()
        """The collections of which all is noted already, by identity."""
        self.depth = 0
        """How many blocks may want to undo; nothing is noted for none."""

    def will_change_some(self, collection: Collection, keys: Iterable[str]) -> None:
        if self.depth and id(collection) not in self.whole:
            olds = [(key, collection._documents.get(key, _ABSENT)) for key in keys]
            self.steps.append((_put_all_back, collection, olds))

    def will_delete(self, collection: Collection, key: str) -> None:
        # Deleting loses a key's place in the order; those behind it, mostly few, are put behind it again.
        if self.depth and id(collection) not in self.whole:
            old = collection._documents[key]
            if not collection._ordered:
                self.steps.append((_put_back, collection, key, old))
                return
            behind = list(takewhile(lambda other: other != key, reversed(collection._documents)))
            self.steps.append((_put_between, collection, key, old, behind))

    def will_clear(self, collection: Collection) -> None:
        if self.depth and id(collection) not in self.whole:
            documents = collection._documents
            collection._shared = True
            self.whole.add(id(collection))
            self.steps.append((_put_whole_back, collection, documents))

    def begin(self) -> tuple[int, set[int]]:
        """Note each change from now on; return where that began."""
        begun = len(self.steps), self.whole
        self.depth += 1
        self.whole = set()
        return begun

    def end(self, begun: tuple[int, set[int]], *, undo: bool) -> None:
        mark, whole = begun
        try:
            if undo:
                self._undo_to(mark)
        finally:
            self.depth -= 1
            self.whole = whole
            if not self.depth:
                self.steps.clear()

    def _undo_to(self, mark: int) -> None:
        depth, self.depth = self.depth, 0
        while len(self.steps) > mark:
            undo, *given = self.steps.pop()
            undo(*given)
        self.depth = depth


class _AllOrNothing:
    """A block whose changes are undone when it ends in an error; each request is one."""

    __slots__ = ("_begun", "_journal")

    def __init__(self, journal: _Journal) -> None:
        self._journal = journal

    def __enter__(self) -> None:
        self._begun = self._journal.begin()

    def __exit__(self, kind: object, *_: object) -> None:
        self._journal.end(self._begun, undo=kind is not None)


def _put_back(collection: Collection, key: str, old: Any) -> None:
    if old is _ABSENT:
        collection.pop(key, None)  # absent where an outer block, having cleared it, went on unnoted
    else:
        collection[key] = old


def _put_whole_back(collection: Collection, documents: dict[str, Any]) -> None:
    collection._adopt(documents, differing=True)


def _put_all_back(collection: Collection, olds: list[tuple[str, Any]]) -> None:
    for key, old in reversed(olds):
        _put_back(collection, key, old)


def _put_between(collection: Collection, key: str, old: Any, behind: list[str]) -> None:
    """Put a deleted document where it was: all else is as it was just after that."""
    collection[key] = old
    for other in reversed([b for b in behind if b in collection]):
        collection._documents[other] = collection._documents.pop(other)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state at one moment, good for any number of restores."""

    collections: dict[str, dict[str, Any]]


class Store:
    """All collections, in memory and, with a path, mirrored into one SQLite file after every request."""

    def __init__(self, path: Path | None = None) -> None:
        self._collections: dict[str, Collection] = {}
        self._journal = _Journal()
        self.revision = (
            0  # grows with every flush that found a change, so that a page can see it is out of date
        )
        self._counters = self.collection("counters")
        self._file = _opened(path) if path else None
        if self._file:
            self._read(self._file)

    def close(self) -> None:
        """Write what has changed and let go of the file; does nothing for a store in memory."""
        self.flush()
        if self._file:
            self._file.close()
            self._file = None

    def collection(self, name: str, *, ordered: bool = True) -> Collection:
        """Return the collection of that name, empty when new. Names look like ``gmail/messages/ada@…``.

        Who doesn't care for the order of the documents says so whenever it is asked for.
        """
        found = self._collections.get(name)
        if found is None:
            found = self._collections[name] = Collection(name, {}, self._journal)
        found._ordered = ordered
        return found

    def drop(self, name: str) -> None:
        """Empty a collection."""
        self.collection(name).clear()

    def next_number(self, counter: str) -> int:
        """Count up a named counter, beginning with 1; part of the state like everything else."""
        number: int = self._counters.get(counter, 0) + 1
        self._counters[counter] = number
        return number

    def snapshot(self) -> Snapshot:
        """Return the state as it is now; nothing is copied until a collection changes."""
        for collection in self._collections.values():
            collection._shared = True
        return Snapshot({name: c._documents for name, c in self._collections.items() if c._documents})

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot of this or of another Store."""
        for name in snapshot.collections.keys() - self._collections.keys():
            self.collection(name)
        for name, collection in self._collections.items():
            collection._adopt(snapshot.collections.get(name, {}), differing=self._file is not None)

    def all_or_nothing(self) -> AbstractContextManager[None]:
        """Undo every change made inside when it ends in an error, as Google does with a refused batch.

        May be nested; costs nothing but a note of each replaced value. Not for use around ``restore``.
        """
        return _AllOrNothing(self._journal)

    def flush(self) -> None:
        """Write what has changed since the last flush into the file, if there is one."""
        dirty = self._journal.dirty
        if not dirty:
            return
        if self._file:
            with self._file:  # all of it, or, when the disk is full, nothing
                for name, collection in dirty.items():
                    self._write(self._file, name, collection)
        for collection in dirty.values():
            collection._changed.clear()
        self._journal.dirty = {}
        self.revision += 1

    def _read(self, file: sqlite3.Connection) -> None:
        for name, key, body in file.execute("SELECT collection, key, body FROM document ORDER BY rowid"):
            self.collection(name)._documents[key] = json.loads(body)

    def _write(self, file: sqlite3.Connection, name: str, collection: Collection) -> None:
        gone = [(name, key) for key in collection._changed if key not in collection]
        changed = collection._changed
        # In the collection's own order, so that the file keeps the order of insertion.
        kept = (
            [k for k in collection if k in changed]
            if len(changed) > 1
            else [k for k in changed if k in collection]
        )
        file.executemany("DELETE FROM document WHERE collection = ? AND key = ?", gone)
        file.executemany(
            "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            [(name, key, json.dumps(collection[key])) for key in kept],
        )


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file for this Workspace alone.

    Raises:
        StoreInUse: Another one has it open.
        StoreOfAnotherForm: What it holds can't be read here.
    """
    file = sqlite3.connect(path, check_same_thread=False, timeout=0)
    try:
        file.execute("PRAGMA locking_mode = EXCLUSIVE")
        _check_form(file, path)
        # Safe when the process dies at any moment; only a power cut may cost the last requests.
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.execute(
            "CREATE TABLE IF NOT EXISTS document (collection, key, body, PRIMARY KEY (collection, key))"
        )
        file.execute(f"PRAGMA user_version = {FORM}")
        file.execute("BEGIN EXCLUSIVE")
        file.commit()
    except sqlite3.OperationalError as error:
        file.close()
        if "locked" in str(error):
            raise StoreInUse(path) from None
        raise
    return file


def _check_form(file: sqlite3.Connection, path: Path) -> None:
    (form,) = file.execute("PRAGMA user_version").fetchone()
    is_new = file.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if form != FORM and not is_new:
        file.close()
        raise StoreOfAnotherForm(path)
