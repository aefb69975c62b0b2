"""Cloud Storage: objects with generations, as far as a lease or a small file needs them.

A bucket exists as soon as something is put into it; who may use it is left to the token's scopes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from workspace_emulator.core.api import Binary, Call, Methods
from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.core.store import Collection

methods = Methods("storage", "v1")

_PAGE = 1000


@methods.on("storage.objects.insert")
def insert_object(call: Call) -> dict[str, Any]:
    """Put an object, replacing one of the same name unless a precondition forbids it."""
    name = call.params.get("name") or (call.body or {}).get("name")
    if not name:
        raise ApiError(400, "required", "Required")
    bucket, objects = call.params["bucket"], _objects(call)
    _check_conditions(call.params, objects.get(name))
    content = call.media or b""
    objects[name] = _new_object(call, bucket, name, content)
    return _shown(objects[name])


@methods.on("storage.objects.get")
def get_object(call: Call) -> dict[str, Any] | Binary:
    """Show an object, or with ``alt=media`` its content."""
    found = _found(call)
    if call.params.get("alt") == "media":
        return Binary(base64.b64decode(found["content"]), found["contentType"])
    return _shown(found)


@methods.on("storage.objects.delete")
def delete_object(call: Call) -> None:
    _found(call)
    del _objects(call)[call.params["object"]]


@methods.on("storage.objects.list")
def list_objects(call: Call) -> dict[str, Any]:
    """List a bucket's objects by name, those with a prefix, cut at a delimiter."""
    prefix, delimiter = call.params.get("prefix", ""), call.params.get("delimiter", "")
    names = sorted(n for n in _objects(call) if n.startswith(prefix))
    folders = {f for n in names if (f := _folder(n, prefix, delimiter))}
    names = [n for n in names if not _folder(n, prefix, delimiter)]
    page = _page(names, call.params.get("pageToken", ""), call.params.get("maxResults", _PAGE))
    answer: dict[str, Any] = {"kind": "storage#objects"}
    if folders:
        answer["prefixes"] = sorted(folders)
    if page:
        answer["items"] = [_shown(_objects(call)[n]) for n in page]
    if page and page[-1] != names[-1]:
        answer["nextPageToken"] = base64.urlsafe_b64encode(page[-1].encode()).decode()
    return answer


def _objects(call: Call) -> Collection:
    return call.workspace.store.collection(f"storage/{call.params['bucket']}")


def _found(call: Call) -> dict[str, Any]:
    name = call.params["object"]
    found: dict[str, Any] | None = _objects(call).get(name)
    wanted = call.params.get("generation")
    if found is None or wanted not in (None, found["generation"]):
        message = f"No such object: {call.params['bucket']}/{name}"
        raise ApiError(404, "notFound", message)
    _check_conditions(call.params, found)
    return found


def _check_conditions(params: Mapping[str, Any], found: Mapping[str, Any] | None) -> None:
    """Hold the object as it is against the preconditions; an object that doesn't exist has generation 0."""
    for number, short in (("generation", "Generation"), ("metageneration", "Metageneration")):
        present = found[number] if found else "0"
        match, not_match = params.get(f"if{short}Match"), params.get(f"if{short}NotMatch")
        if match is not None and int(match) != int(present):
            raise _not_met(f"if{short}Match")
        if not_match is not None and int(not_match) == int(present):
            raise _not_met(f"if{short}NotMatch")


def _not_met(condition: str) -> ApiError:
    message = "At least one of the pre-conditions you specified did not hold."
    return ApiError(412, "conditionNotMet", message, location=condition)


def _new_object(call: Call, bucket: str, name: str, content: bytes) -> dict[str, Any]:
    now = call.workspace.clock.now()
    # Like Google's, a generation is a time in microseconds that never repeats.
    generation = int(now.timestamp()) * 10**6 + call.workspace.store.next_number("storage/generation")
    moment = now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    body = call.body or {}
    return {
        "name": name,
        "bucket": bucket,
        "generation": str(generation),
        "metageneration": "1",
        "contentType": body.get("contentType") or call.media_type or "application/octet-stream",
        "timeCreated": moment,
        "updated": moment,
        "content": base64.b64encode(content).decode(),
        "size": str(len(content)),
        "md5Hash": base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode(),
        **({"metadata": body["metadata"]} if body.get("metadata") else {}),
    }


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
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
        "etag": base64.b64encode(generation.encode()).decode(),
        **shown,
    }


def _folder(name: str, prefix: str, delimiter: str) -> str:
    rest = name.removeprefix(prefix)
    return prefix + rest.partition(delimiter)[0] + delimiter if delimiter and delimiter in rest else ""


def _page(names: list[str], token: str, size: int) -> list[str]:
    try:
        after = base64.urlsafe_b64decode(token).decode()
    except ValueError:
        raise bad_request("Invalid argument.", "invalid") from None
    return [n for n in names if n > after][: min(size, _PAGE)]
