"""Where the local Workspace keeps its state: named collections of documents that are never changed in place.

A document is a JSON-able value under a string key. To change one, put a new value: that makes a snapshot a
handful of dict copies and lets a refused batch be undone. What the documents mean is the services' affair.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class Collection(MutableMapping[str, Any]):
    """Documents by key, in order of first insertion. Values must be replaced, never changed in place."""

    __slots__ = ("_changed", "_documents")

    def __init__(self, documents: dict[str, Any]) -> None:
        self._documents = documents
        self._changed: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        return self._documents[key]

    def __setitem__(self, key: str, document: Any) -> None:
        self._documents[key] = document
        self._changed.add(key)

    def __delitem__(self, key: str) -> None:
        del self._documents[key]
        self._changed.add(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state at one moment, good for any number of restores."""

    collections: dict[str, dict[str, Any]]


class Store:
    """All collections, in memory and, with a path, mirrored into one SQLite file after every request."""

    def __init__(self, path: Path | None = None) -> None:
        self._collections: dict[str, Collection] = {}
        self._file = sqlite3.connect(path, check_same_thread=False) if path else None
        if self._file:
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS document (collection, key, body, PRIMARY KEY (collection, key))"
            )
            for name, key, body in self._file.execute(
                "SELECT collection, key, body FROM document ORDER BY rowid"
            ):
                self.collection(name)._documents[key] = json.loads(body)

    def collection(self, name: str) -> Collection:
        """Return the collection of that name, empty when new. Names look like ``gmail/messages/ada@…``."""
        if name not in self._collections:
            self._collections[name] = Collection({})
        return self._collections[name]

    def drop(self, name: str) -> None:
        """Empty a collection."""
        self.collection(name).clear()

    def next_number(self, counter: str) -> int:
        """Count up a named counter, beginning with 1; part of the state like everything else."""
        counters = self.collection("counters")
        counters[counter] = counters.get(counter, 0) + 1
        return int(counters[counter])

    def snapshot(self) -> Snapshot:
        return Snapshot({name: dict(c._documents) for name, c in self._collections.items()})

    def restore(self, snapshot: Snapshot) -> None:
        for name, collection in self._collections.items():
            before = snapshot.collections.get(name, {})
            now = collection._documents
            collection._changed |= {k for k in now.keys() | before.keys() if now.get(k) is not before.get(k)}
            collection._documents = dict(before)
        for name, documents in snapshot.collections.items():
            if name not in self._collections:
                self._collections[name] = Collection(dict(documents))
                self._collections[name]._changed |= documents.keys()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Undo every change made inside when it ends in an error, as Google does with a refused batch."""
        before = self.snapshot()
        try:
            yield
        except BaseException:
            self.restore(before)
            raise

    def flush(self) -> None:
        """Write what has changed since the last flush into the file, if there is one."""
        for name, collection in self._collections.items():
            if self._file and collection._changed:
                self._write(name, collection)
            collection._changed.clear()
        if self._file:
            self._file.commit()

    def _write(self, name: str, collection: Collection) -> None:
        assert self._file is not None
        gone = [(name, key) for key in collection._changed if key not in collection]
        kept = [(name, k, json.dumps(collection[k])) for k in collection if k in collection._changed]
        self._file.executemany("DELETE FROM document WHERE collection = ? AND key = ?", gone)
        self._file.executemany(
            "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", kept
        )
