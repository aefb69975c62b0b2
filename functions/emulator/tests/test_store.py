"""The store: documents by collection, undone, snapshotted and kept in a file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace_emulator.core.store import Store, StoreInUse, StoreOfAnotherForm

BIG = 20_000


def contents(store: Store, *names: str) -> dict[str, list[tuple[str, object]]]:
    return {name: list(store.collection(name).items()) for name in names}


@contextmanager
def refused(store: Store) -> Iterator[None]:
    """Run a block all or nothing and let it fail at its end."""
    try:
        with store.all_or_nothing():
            yield
            raise _RefusedError
    except _RefusedError:
        pass


class _RefusedError(Exception):
    pass


def filled(documents: int) -> Store:
    store = Store()
    for number in range(documents):
        store.collection(f"c{number % 50}")[f"k{number}"] = {"n": number}
    return store


def test_keeps_documents_in_the_order_of_first_insertion() -> None:
    collection = Store().collection("c")
    collection["b"] = 1
    collection["a"] = 2
    collection["b"] = 3
    assert list(collection.items()) == [("b", 3), ("a", 2)]


def test_undoes_everything_when_a_block_fails() -> None:
    store = Store()
    store.collection("c").update({"a": 1, "b": 2, "c": 3})
    before = contents(store, "c", "d")
    with refused(store):
        store.collection("c")["a"] = 10
        del store.collection("c")["b"]
        store.collection("c")["new"] = 4
        store.collection("d")["x"] = 5
    assert contents(store, "c", "d") == before


def test_keeps_everything_when_a_block_succeeds() -> None:
    store = Store()
    with store.all_or_nothing():
        store.collection("c")["a"] = 1
    assert contents(store, "c") == {"c": [("a", 1)]}


def test_undoes_an_inner_block_alone() -> None:
    store = Store()
    with store.all_or_nothing():
        store.collection("c")["outer"] = 1
        with refused(store):
            store.collection("c").clear()
    assert contents(store, "c") == {"c": [("outer", 1)]}


def test_undoes_an_outer_block_with_its_finished_inner_one() -> None:
    store = Store()
    store.collection("c")["a"] = 1
    with refused(store):
        with store.all_or_nothing():
            del store.collection("c")["a"]
            store.collection("c")["b"] = 2
        store.collection("c")["c"] = 3
    assert contents(store, "c") == {"c": [("a", 1)]}


def test_undoes_an_outer_block_that_went_on_after_an_inner_one() -> None:
    store = Store()
    store.collection("c")["a"] = 1
    with refused(store):
        store.collection("c").clear()
        with store.all_or_nothing():
            store.collection("c")["b"] = 2
        del store.collection("c")["b"]
    assert contents(store, "c") == {"c": [("a", 1)]}


KEYS = st.sampled_from("abcde")
STEPS = st.lists(st.tuples(st.sampled_from(["put", "delete", "clear"]), KEYS, st.integers()), max_size=20)


def take(store: Store, steps: list[tuple[str, str, int]]) -> None:
    collection = store.collection("c")
    for kind, key, number in steps:
        if kind == "put":
            collection[key] = number
        elif kind == "clear":
            collection.clear()
        else:
            collection.pop(key, None)


@given(first=STEPS, second=STEPS)
def test_undoes_any_sequence_of_steps_with_their_order(
    first: list[tuple[str, str, int]], second: list[tuple[str, str, int]]
) -> None:
    store = Store()
    take(store, first)
    before = contents(store, "c")
    with refused(store):
        take(store, second)
    assert contents(store, "c") == before


@given(first=STEPS, second=STEPS, third=STEPS)
def test_restores_any_snapshot_any_number_of_times(
    first: list[tuple[str, str, int]],
    second: list[tuple[str, str, int]],
    third: list[tuple[str, str, int]],
) -> None:
    store = Store()
    take(store, first)
    before, snapshot = contents(store, "c"), store.snapshot()
    for steps in (second, third):
        take(store, steps)
        store.restore(snapshot)
        assert contents(store, "c") == before


def test_restores_a_snapshot_into_another_store() -> None:
    store, other = Store(), Store()
    store.collection("c")["a"] = 1
    other.collection("d")["gone"] = 2
    other.restore(store.snapshot())
    assert contents(other, "c", "d") == {"c": [("a", 1)], "d": []}


def test_takes_and_restores_a_snapshot_of_many_documents_without_copying_any() -> None:
    store = filled(BIG)
    snapshot = store.snapshot()
    store.collection("c7")["k7"] = {"n": -1}
    store.restore(snapshot)
    again = store.snapshot()
    shared = [name for name in snapshot.collections if again.collections[name] is snapshot.collections[name]]
    assert len(shared) == 50
    assert store.collection("c7")["k7"] == {"n": 7}


def test_copies_only_the_collection_that_changes_after_a_snapshot() -> None:
    store = filled(BIG)
    snapshot = store.snapshot()
    store.collection("c7")["new"] = 1
    now = store.snapshot()
    changed = [n for n in now.collections if now.collections[n] is not snapshot.collections[n]]
    assert changed == ["c7"]


def test_keeps_everything_in_a_file_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store(path)
    store.collection("c").update({"b": 1, "a": {"deep": [1, "ä"]}})
    store.collection("c")["gone"] = 3
    store.flush()
    store.collection("c")["b"] = 2
    del store.collection("c")["gone"]
    store.close()
    assert contents(Store(path), "c") == {"c": [("b", 2), ("a", {"deep": [1, "ä"]})]}


def test_writes_a_restored_snapshot_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store(path)
    store.collection("c")["a"] = 1
    snapshot = store.snapshot()
    store.collection("c").update({"a": 2, "b": 3})
    store.flush()
    store.restore(snapshot)
    store.close()
    assert contents(Store(path), "c") == {"c": [("a", 1)]}


def test_leaves_the_file_alone_when_a_change_was_undone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store(path)
    store.collection("c")["a"] = 1
    store.flush()
    with refused(store):
        store.collection("c").clear()
        store.collection("c")["b"] = 2
    store.close()
    assert contents(Store(path), "c") == {"c": [("a", 1)]}


def test_lets_one_workspace_have_a_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    first = Store(path)
    with pytest.raises(StoreInUse, match=r"store\.sqlite is in use by another local Workspace"):
        Store(path)
    first.collection("c")["a"] = 1
    first.close()
    assert Store(path).collection("c")["a"] == 1


def test_leaves_a_file_of_another_form_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE document (collection, key, body, PRIMARY KEY (collection, key))")
    file.close()
    before = path.read_bytes()
    with pytest.raises(StoreOfAnotherForm, match="written by another version"):
        Store(path)
    assert path.read_bytes() == before


def test_refuses_a_file_that_another_process_holds_and_takes_it_once_that_has_died(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    code = f"from workspace_emulator import Workspace; Workspace(path={str(path)!r}); print(1, flush=True); input()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(StoreInUse):
            Store(path)
        process.kill()
    Store(path).close()


def test_keeps_for_the_next_time_what_could_not_be_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.collection("c")["a"] = {1}  # no JSON, as a full disk would refuse it too
    store.collection("d")["b"] = 1
    with pytest.raises(TypeError):
        store.flush()
    store.collection("c")["a"] = 1
    store.close()
    assert contents(Store(tmp_path / "store.sqlite"), "c", "d") == {"c": [("a", 1)], "d": [("b", 1)]}


def test_counts_from_one_and_goes_back_with_a_snapshot() -> None:
    store = Store()
    assert store.next_number("n") == 1
    snapshot = store.snapshot()
    assert store.next_number("n") == 2
    store.restore(snapshot)
    assert store.next_number("n") == 2
