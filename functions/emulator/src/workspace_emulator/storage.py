"""Cloud Storage: buckets and objects with generations, as far as a lease or a small file needs them.

A bucket is there as soon as it was made or something was put into it; who may use it is left to the token's scopes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from workspace_emulator.core.api import Binary, Call, Methods
from workspace_emulator.core.crc32c import crc32c
from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.core.store import Collection

methods = Methods("storage", "v1")

_PAGE = 1000
_PATCHED = (
    "contentType",
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "customTime",
)


@methods.on("storage.buckets.insert")
def insert_bucket(call: Call) -> dict[str, Any]:
    name = (call.body or {}).get("name")
    if not name:
        raise ApiError(400, "required", "Required")
    if name in _buckets(call):
        raise ApiError(
            409,
            "conflict",
            "Your previous request to create the named bucket succeeded and you already own it.",
        )
    return _bucket_shown(_made(call, name))


@methods.on("storage.buckets.get")
def get_bucket(call: Call) -> dict[str, Any]:
    return _bucket_shown(_bucket_found(call))


@methods.on("storage.buckets.list")
def list_buckets(call: Call) -> dict[str, Any]:
    prefix = call.params.get("prefix", "")
    items = [_bucket_shown(b) for name, b in sorted(_buckets(call).items()) if name.startswith(prefix)]
    return {"kind": "storage#buckets"} | ({"items": items} if items else {})


@methods.on("storage.buckets.delete")
def delete_bucket(call: Call) -> None:
    _bucket_found(call)
    if _objects(call):
        raise ApiError(409, "conflict", "The bucket you tried to delete is not empty.")
    del _buckets(call)[call.params["bucket"]]


@methods.on("storage.objects.insert")
def insert_object(call: Call) -> dict[str, Any]:
    """Put an object, replacing one of the same name unless a precondition forbids it."""
    name = call.params.get("name") or (call.body or {}).get("name")
    if not name:
        raise ApiError(400, "required", "Required")
    bucket, objects = call.params["bucket"], _objects(call)
    _check_conditions(call.params, objects.get(name))
    kind = (call.body or {}).get("contentType") or call.params.get("contentType") or call.media_type
    return _put(call, bucket, name, call.media or b"", {**(call.body or {}), "contentType": kind})


@methods.on("storage.objects.get")
def get_object(call: Call) -> dict[str, Any] | Binary:
    """Show an object, or with ``alt=media`` its content."""
    found = _found(call)
    if call.params.get("alt") == "media":
        shown = _shown(found)
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
    return _shown(found)


@methods.on("storage.objects.patch", "storage.objects.update")
def change_object(call: Call) -> dict[str, Any]:
    """Change what is said of an object; its content has a generation of its own."""
    found, body = _found(call), call.body or {}
    after = {**found, "metageneration": str(int(found["metageneration"]) + 1), "updated": _moment(call)}
    for name in _PATCHED:
        if name in body:
            after[name] = body[name]
    if "metadata" in body:
        whole = call.method_id.endswith("update") or not body["metadata"]
        kept = {} if whole else found.get("metadata", {})
        after["metadata"] = {k: v for k, v in {**kept, **(body["metadata"] or {})}.items() if v is not None}
    _objects(call)[found["name"]] = {k: v for k, v in after.items() if v not in (None, {})}
    return _shown(_objects(call)[found["name"]])


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
    _check_conditions(call.params, there)
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
    del _objects(call)[call.params["object"]]


@methods.on("storage.objects.list")
def list_objects(call: Call) -> dict[str, Any]:
    """List a bucket's objects by name, those with a prefix, cut at a delimiter."""
    if not _objects(call):
        _bucket_found(call)
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


def _buckets(call: Call) -> Collection:
    return call.workspace.store.collection("storage buckets")


def _made(call: Call, name: str) -> dict[str, Any]:
    moment = _moment(call)
    _buckets(call)[name] = {"name": name, "timeCreated": moment, "updated": moment}
    made: dict[str, Any] = _buckets(call)[name]
    return made


def _bucket_found(call: Call) -> dict[str, Any]:
    found: dict[str, Any] | None = _buckets(call).get(call.params["bucket"])
    if found is None and _objects(call):
        return _made(call, call.params["bucket"])
    if found is None:
        raise ApiError(404, "notFound", "The specified bucket does not exist.")
    return found


def _bucket_shown(bucket: Mapping[str, Any]) -> dict[str, Any]:
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


def _objects(call: Call) -> Collection:
    return call.workspace.store.collection(f"storage/{call.params['bucket']}")


def _found(call: Call) -> dict[str, Any]:
    name = call.params["object"]
    found: dict[str, Any] | None = _objects(call).get(name)
    wanted = call.params.get("generation")
    if found is None or wanted not in (None, found["generation"]):
        _bucket_found(call)
        raise _no_object(call.params["bucket"], name)
    _check_conditions(call.params, found)
    return found


def _no_object(bucket: str, name: str) -> ApiError:
    return ApiError(404, "notFound", f"No such object: {bucket}/{name}")


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


def _moment(call: Call) -> str:
    return call.workspace.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _put(call: Call, bucket: str, name: str, content: bytes, said: Mapping[str, Any]) -> dict[str, Any]:
    """Keep an object with what is said of it, and show it."""
    if bucket not in _buckets(call):
        _made(call, bucket)
    moment = _moment(call)
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
    return _shown(objects[name])


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


def _folder(name: str, prefix: str, delimiter: str) -> str:
    rest = name.removeprefix(prefix)
    return prefix + rest.partition(delimiter)[0] + delimiter if delimiter and delimiter in rest else ""


def _page(names: list[str], token: str, size: int) -> list[str]:
    try:
        after = base64.urlsafe_b64decode(token).decode()
    except ValueError:
        raise bad_request("Invalid argument.", "invalid") from None
    return [n for n in names if n > after][: min(size, _PAGE)]
