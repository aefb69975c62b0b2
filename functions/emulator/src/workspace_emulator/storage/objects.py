"""Objects: put, read, described, copied, deleted, listed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.crc32c import crc32c
from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.storage.conditions import check_conditions
from workspace_emulator.storage.keeping import (
    all_buckets,
    found_bucket,
    make_bucket,
    methods,
    moment_of,
    objects_of,
    shown_object,
)

_PAGE = 1000
_PATCHED = (
    "contentType",
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "customTime",
)


@methods.on("storage.objects.insert")
def insert_object(call: Call) -> dict[str, Any]:
    """Put an object, replacing one of the same name unless a precondition forbids it."""
    name = call.params.get("name") or (call.body or {}).get("name")
    if not name:
        raise ApiError(400, "required", "Required")
    bucket, objects = call.params["bucket"], objects_of(call)
    check_conditions(call.params, objects.get(name))
    kind = (call.body or {}).get("contentType") or call.params.get("contentType") or call.media_type
    return _put(call, bucket, name, call.media or b"", {**(call.body or {}), "contentType": kind})


@methods.on("storage.objects.get")
def get_object(call: Call) -> dict[str, Any] | Binary:
    """Show an object, or with ``alt=media`` its content."""
    found = _found(call)
    if call.params.get("alt") == "media":
        shown = shown_object(found)
        headers = {
            "Content-Disposition": "attachment",
            "ETag": shown["etag"],
            "X-Goog-Generation": found["generation"],
            "X-Goog-Metageneration": found["metageneration"],
            "X-Goog-Hash": f"crc32c={shown['crc32c']},md5={found['md5Hash']}",
            "X-Goog-Storage-Class": "STANDARD",
        }
        kind = found.get("contentType", "application/octet-stream")
        return Binary(base64.b64decode(found["content"]), kind, headers=headers)
    return shown_object(found)


@methods.on("storage.objects.patch", "storage.objects.update")
def change_object(call: Call) -> dict[str, Any]:
    """Change what is said of an object; its content has a generation of its own."""
    found, body = _found(call), call.body or {}
    after = {**found, "metageneration": str(int(found["metageneration"]) + 1), "updated": moment_of(call)}
    for name in _PATCHED:
        if name in body:
            after[name] = body[name]
    if "metadata" in body:
        whole = call.method_id.endswith("update") or not body["metadata"]
        kept = {} if whole else found.get("metadata", {})
        after["metadata"] = {k: v for k, v in {**kept, **(body["metadata"] or {})}.items() if v is not None}
    objects_of(call)[found["name"]] = {k: v for k, v in after.items() if v not in (None, {})}
    return shown_object(objects_of(call)[found["name"]])


@methods.on("storage.objects.copy", "storage.objects.rewrite")
def copy_object(call: Call) -> dict[str, Any]:
    """Put an object's content under another name, in one go however large it is."""
    source = call.workspace.store.collection(f"storage/{call.params['sourceBucket']}")
    name = call.params["sourceObject"]
    found = source.get(name)
    if found is None:
        raise _no_object(call.params["sourceBucket"], name)
    bucket, target = call.params["destinationBucket"], call.params["destinationObject"]
    there = call.workspace.store.collection(f"storage/{bucket}").get(target)
    check_conditions(call.params, there)
    kept = {k: found[k] for k in (*_PATCHED, "metadata") if k in found}
    shown = _put(call, bucket, target, base64.b64decode(found["content"]), kept | (call.body or {}))
    if call.method_id.endswith("copy"):
        return shown
    size = shown["size"]
    done = {"kind": "storage#rewriteResponse", "done": True, "totalBytesRewritten": size, "objectSize": size}
    return {**done, "resource": shown}


@methods.on("storage.objects.delete")
def delete_object(call: Call) -> None:
    _found(call)
    del objects_of(call)[call.params["object"]]


@methods.on("storage.objects.list")
def list_objects(call: Call) -> dict[str, Any]:
    """List a bucket's objects by name, those with a prefix, cut at a delimiter."""
    if not objects_of(call):
        found_bucket(call)
    prefix, delimiter = call.params.get("prefix", ""), call.params.get("delimiter", "")
    names = sorted(n for n in objects_of(call) if n.startswith(prefix))
    folders = {f for n in names if (f := _folder(n, prefix, delimiter))}
    names = [n for n in names if not _folder(n, prefix, delimiter)]
    page = _page(names, call.params.get("pageToken", ""), call.params.get("maxResults", _PAGE))
    answer: dict[str, Any] = {"kind": "storage#objects"}
    if folders:
        answer["prefixes"] = sorted(folders)
    if page:
        answer["items"] = [shown_object(objects_of(call)[n]) for n in page]
    if page and page[-1] != names[-1]:
        answer["nextPageToken"] = base64.urlsafe_b64encode(page[-1].encode()).decode()
    return answer


def _found(call: Call) -> dict[str, Any]:
    name = call.params["object"]
    found: dict[str, Any] | None = objects_of(call).get(name)
    wanted = call.params.get("generation")
    if found is None or wanted not in (None, found["generation"]):
        found_bucket(call)
        raise _no_object(call.params["bucket"], name)
    check_conditions(call.params, found)
    return found


def _no_object(bucket: str, name: str) -> ApiError:
    return ApiError(404, "notFound", f"No such object: {bucket}/{name}")


def _put(call: Call, bucket: str, name: str, content: bytes, said: Mapping[str, Any]) -> dict[str, Any]:
    """Keep an object with what is said of it, and show it."""
    if bucket not in all_buckets(call):
        make_bucket(call, bucket)
    moment = moment_of(call)
    # Like Google's, a generation is a time in microseconds that never repeats.
    seconds = int(call.workspace.clock.now().timestamp())
    generation = seconds * 10**6 + call.workspace.store.next_number("storage/generation")
    told = {k: said[k] for k in (*_PATCHED, "metadata") if said.get(k)}
    objects = call.workspace.store.collection(f"storage/{bucket}")
    objects[name] = {
        "name": name,
        "bucket": bucket,
        "generation": str(generation),
        "metageneration": "1",
        "timeCreated": moment,
        "updated": moment,
        "content": base64.b64encode(content).decode(),
        "size": str(len(content)),
        "md5Hash": base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode(),
        "crc32c": base64.b64encode(crc32c(content).to_bytes(4, "big")).decode(),
        **told,
    }
    return shown_object(objects[name])


def _folder(name: str, prefix: str, delimiter: str) -> str:
    rest = name.removeprefix(prefix)
    return prefix + rest.partition(delimiter)[0] + delimiter if delimiter and delimiter in rest else ""


def _page(names: list[str], token: str, size: int) -> list[str]:
    try:
        after = base64.urlsafe_b64decode(token).decode()
    except ValueError:
        raise bad_request("Invalid argument.", "invalid") from None
    return [n for n in names if n > after][: min(size, _PAGE)]
