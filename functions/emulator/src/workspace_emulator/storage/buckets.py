"""Buckets: made, listed, deleted."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError
from workspace_emulator.storage.keeping import (
    all_buckets,
    found_bucket,
    make_bucket,
    methods,
    objects_of,
    shown_bucket,
)


@methods.on("storage.buckets.insert")
def insert_bucket(call: Call) -> dict[str, Any]:
    name = (call.body or {}).get("name")
    if not name:
        raise ApiError(400, "required", "Required")
    if name in all_buckets(call):
        raise ApiError(
            409,
            "conflict",
            "Your previous request to create the named bucket succeeded and you already own it.",
        )
    return shown_bucket(make_bucket(call, name))


@methods.on("storage.buckets.get")
def get_bucket(call: Call) -> dict[str, Any]:
    return shown_bucket(found_bucket(call))


@methods.on("storage.buckets.list")
def list_buckets(call: Call) -> dict[str, Any]:
    prefix = call.params.get("prefix", "")
    items = [shown_bucket(b) for name, b in sorted(all_buckets(call).items()) if name.startswith(prefix)]
    return {"kind": "storage#buckets"} | ({"items": items} if items else {})


@methods.on("storage.buckets.delete")
def delete_bucket(call: Call) -> None:
    found_bucket(call)
    if objects_of(call):
        raise ApiError(409, "conflict", "The bucket you tried to delete is not empty.")
    del all_buckets(call)[call.params["bucket"]]
