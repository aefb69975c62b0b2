"""Cloud Storage objects and their preconditions."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.http import MediaInMemoryUpload

from workspace_emulator.clients import client

OBJECTS = "https://storage.googleapis.com/storage/v1/b/bucket/o"
UPLOADS = "https://storage.googleapis.com/upload/storage/v1/b/bucket/o"


def put(session: requests.Session, name: str, content: bytes = b"x", **params: Any) -> requests.Response:
    query = {"uploadType": "media", "name": name, **params}
    return session.post(UPLOADS, params=query, data=content, headers={"Content-Type": "text/plain"})


def test_gives_back_the_bytes_that_were_put(ada: requests.Session) -> None:
    put(ada, "a/b", b"\x00\xff")
    answer = ada.get(f"{OBJECTS}/a%2Fb", params={"alt": "media"})
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x00\xff", "text/plain")


def test_creates_an_object_only_once_when_asked_to(ada: requests.Session) -> None:
    assert put(ada, "lease", b"first", ifGenerationMatch=0).status_code == 200
    refused = put(ada, "lease", b"second", ifGenerationMatch=0)
    assert refused.status_code == 412
    assert refused.json()["error"]["errors"][0] == {
        "message": "At least one of the pre-conditions you specified did not hold.",
        "domain": "global",
        "reason": "conditionNotMet",
        "location": "ifGenerationMatch",
        "locationType": "parameter",
    }
    assert ada.get(f"{OBJECTS}/lease", params={"alt": "media"}).content == b"first"


def test_lets_only_the_one_who_saw_the_latest_replace_it(ada: requests.Session) -> None:
    first = put(ada, "lease").json()["generation"]
    second = put(ada, "lease", ifGenerationMatch=first).json()["generation"]
    assert int(second) > int(first)
    assert put(ada, "lease", ifGenerationMatch=first).status_code == 412


def test_deletes_only_the_generation_that_was_seen(ada: requests.Session) -> None:
    first = put(ada, "lease").json()["generation"]
    second = put(ada, "lease").json()["generation"]
    assert ada.delete(f"{OBJECTS}/lease", params={"ifGenerationMatch": first}).status_code == 412
    assert ada.delete(f"{OBJECTS}/lease", params={"ifGenerationMatch": second}).status_code == 204
    assert ada.get(f"{OBJECTS}/lease").status_code == 404


def test_never_gives_a_generation_twice(ada: requests.Session) -> None:
    first = put(ada, "a").json()["generation"]
    ada.delete(f"{OBJECTS}/a")
    assert put(ada, "a").json()["generation"] != first


def test_tells_size_type_and_hash(ada: requests.Session) -> None:
    shown = put(ada, "a", b"hello").json()
    assert (shown["size"], shown["contentType"], shown["md5Hash"]) == (
        "5",
        "text/plain",
        "XUFAKrxLKna5cZ2REBfFkg==",
    )
    assert shown["metageneration"] == "1"


@pytest.mark.parametrize(
    ("params", "names", "prefixes"),
    [
        ({}, ["a/1", "a/2", "b"], []),
        ({"prefix": "a/"}, ["a/1", "a/2"], []),
        ({"delimiter": "/"}, ["b"], ["a/"]),
        ({"prefix": "c"}, [], []),
    ],
)
def test_lists_by_prefix_and_folder(
    ada: requests.Session, params: dict[str, str], names: list[str], prefixes: list[str]
) -> None:
    for name in ("b", "a/2", "a/1"):
        put(ada, name)
    answer = ada.get(OBJECTS, params=params).json()
    assert [o["name"] for o in answer.get("items", [])] == names
    assert answer.get("prefixes", []) == prefixes


def test_turns_pages(ada: requests.Session) -> None:
    for name in "abc":
        put(ada, name)
    first = ada.get(OBJECTS, params={"maxResults": 2}).json()
    second = ada.get(OBJECTS, params={"maxResults": 2, "pageToken": first["nextPageToken"]}).json()
    assert [o["name"] for o in first["items"] + second["items"]] == ["a", "b", "c"]
    assert "nextPageToken" not in second


def test_asks_for_a_name(ada: requests.Session) -> None:
    answer = ada.post(UPLOADS, params={"uploadType": "media"}, data=b"x")
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (400, "required")


@pytest.mark.parametrize("body", [None, {"metadata": {"for": "ada"}}])
def test_takes_uploads_of_googles_own_client(ada: requests.Session, body: dict[str, Any] | None) -> None:
    objects = client("storage", "v1", ada).objects()
    content = b"\x00one\ntwo\r\nthree\r\n"
    media = MediaInMemoryUpload(content, mimetype="application/x-test")
    made = objects.insert(bucket="bucket", name="a b/c", media_body=media, body=body).execute()
    assert made.get("metadata") == (body or {}).get("metadata")
    assert objects.get(bucket="bucket", object="a b/c").execute()["contentType"] == "application/x-test"
    assert objects.get_media(bucket="bucket", object="a b/c").execute() == content


def test_says_of_an_object_what_google_says(ada: requests.Session) -> None:
    shown = put(ada, "a%", b"zz").json()
    assert shown["crc32c"] == "7hMsNg=="  # as recorded for these two bytes
    assert shown["timeStorageClassUpdated"] == shown["timeCreated"]
    assert shown["selfLink"].endswith("/storage/v1/b/bucket/o/a%25")
    assert (shown["etag"][0], shown["etag"][-4:]) == ("C", "EAE=")


def test_downloads_under_the_path_that_the_media_link_names_whole_and_in_part(ada: requests.Session) -> None:
    link = put(ada, "a/b", b"0123456789").json()["mediaLink"]
    whole = ada.get(link)
    assert (whole.content, whole.headers["Content-Disposition"]) == (b"0123456789", "attachment")
    part = ada.get(link, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert ada.get(link, headers={"Range": "bytes=-3"}).content == b"789"
    assert ada.get(link, headers={"Range": "bytes=10-"}).status_code == 416


def test_knows_buckets_that_were_made_or_written_to(ada: requests.Session) -> None:
    buckets = client("storage", "v1", ada).buckets()
    missing = ada.get(OBJECTS)
    assert missing.json()["error"]["message"] == "The specified bucket does not exist."
    buckets.insert(project="peer", body={"name": "made"}).execute()
    put(ada, "a")
    assert [b["name"] for b in buckets.list(project="peer").execute()["items"]] == ["bucket", "made"]
    assert ada.delete("https://storage.googleapis.com/storage/v1/b/bucket").status_code == 409
    buckets.delete(bucket="made").execute()
    assert ada.get("https://storage.googleapis.com/storage/v1/b/made").status_code == 404


def test_copies_and_describes_objects(ada: requests.Session) -> None:
    put(ada, "a", b"content")
    objects = client("storage", "v1", ada).objects()
    target = {"destinationBucket": "bucket", "destinationObject": "b"}
    objects.rewrite(sourceBucket="bucket", sourceObject="a", **target, body={}).execute()
    shown = objects.patch(bucket="bucket", object="b", body={"metadata": {"who": "ada"}}).execute()
    assert (shown["metageneration"], shown["metadata"]) == ("2", {"who": "ada"})
    assert objects.get_media(bucket="bucket", object="b").execute() == b"content"


def test_takes_an_upload_in_pieces(ada: requests.Session) -> None:
    content = bytes(range(256)) * 4096
    media = MediaInMemoryUpload(content, "image/png", chunksize=256 * 1024, resumable=True)
    request = client("storage", "v1", ada).objects().insert(bucket="bucket", name="large", media_body=media)
    pieces, shown = 0, None
    while shown is None:
        _, shown = request.next_chunk()
        pieces += 1
    assert (pieces, shown["size"], shown["contentType"]) == (4, str(len(content)), "image/png")
    assert ada.get(f"{OBJECTS}/large", params={"alt": "media"}).content == content


def test_says_how_far_an_upload_has_come_and_how_it_ended(ada: requests.Session) -> None:
    opened = ada.post(UPLOADS, params={"uploadType": "resumable"}, json={"name": "a"})
    session = opened.headers["Location"]
    first = ada.put(session, data=b"abc", headers={"Content-Range": "bytes 0-2/*"})
    assert (first.status_code, first.headers["Range"]) == (308, "bytes=0-2")
    again = ada.put(session, data=b"bcd", headers={"Content-Range": "bytes 1-3/4"})
    assert again.json()["size"] == "4"
    asked = ada.put(session, headers={"Content-Range": "bytes */4"})
    assert asked.json()["generation"] == again.json()["generation"]
    assert ada.get(f"{OBJECTS}/a", params={"alt": "media"}).content == b"abcd"
    assert ada.put(f"{UPLOADS}?upload_id=none", data=b"").status_code == 404
