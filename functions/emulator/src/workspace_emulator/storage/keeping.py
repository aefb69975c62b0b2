"""Buckets and objects as they are kept and shown."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.store import Collection

methods = Methods("storage", "v1")


def all_buckets(call: Call) -> Collection:
    return call.workspace.store.collection("storage buckets")


def make_bucket(call: Call, name: str) -> dict[str, Any]:
    moment = moment_of(call)
    all_buckets(call)[name] = {"name": name, "timeCreated": moment, "updated": moment}
    made: dict[str, Any] = all_buckets(call)[name]
    return made


def found_bucket(call: Call) -> dict[str, Any]:
    found: dict[str, Any] | None = all_buckets(call).get(call.params["bucket"])
    if found is None and objects_of(call):
        return make_bucket(call, call.params["bucket"])
    if found is None:
        raise ApiError(404, "notFound", "The specified bucket does not exist.")
    return found


def shown_bucket(bucket: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "storage#bucket",
        "id": bucket["name"],
        "selfLink": f"https://www.googleapis.com/storage/v1/b/{bucket['name']}",
        "projectNumber": "1",
        "metageneration": "1",
        "location": "US",
        "locationType": "multi-region",
        "storageClass": "STANDARD",
        "etag": "CAE=",
        **bucket,
    }


def objects_of(call: Call) -> Collection:
    return call.workspace.store.collection(f"storage/{call.params['bucket']}")


def moment_of(call: Call) -> str:
    return call.workspace.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def shown_object(found: Mapping[str, Any]) -> dict[str, Any]:
    place = f"{found['bucket']}/o/{quote(found['name'], safe='')}"
    generation = found["generation"]
    shown = {key: value for key, value in found.items() if key != "content"}
    return {
        "kind": "storage#object",
        "id": f"{found['bucket']}/{found['name']}/{generation}",
        "selfLink": f"https://www.googleapis.com/storage/v1/b/{place}",
        "mediaLink": f"https://storage.googleapis.com/download/storage/v1/b/{place}"
        f"?generation={generation}&alt=media",
        "storageClass": "STANDARD",
        "etag": _etag(int(generation), int(found["metageneration"])),
        "timeStorageClassUpdated": found["timeCreated"],
        "timeFinalized": found["timeCreated"],
        **shown,
    }


def _etag(generation: int, metageneration: int) -> str:
    """Write both numbers as Google does: fields 1 and 2 of a protocol buffer."""
    return base64.b64encode(b"\x08" + _varint(generation) + b"\x10" + _varint(metageneration)).decode()


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])
