"""The front answers anything at all: whatever comes in, an HTTP answer goes out and nothing breaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from workspace_emulator import Clock, Front, User, Workspace
from workspace_emulator.core.wire import Request

PATHS = (
    "/admin/directory/v1/users",
    "/admin/directory/v1/users/{}",
    "/storage/v1/b/{}/o",
    "/storage/v1/b/{}/o/{}",
    "/upload/storage/v1/b/{}/o",
    "/download/storage/v1/b/{}/o/{}",
    "/v1/projects/-/serviceAccounts/{}:signJwt",
    "/token",
    "/batch",
    "/batch/calendar/v3",
    "/local/clock",
    "/local/faults",
    "/local/users",
    "/local/restore",
    "/local/tokens",
    "/{}",
    "//{}",
    "",
)
NAMES = (
    "fields",
    "maxResults",
    "pageToken",
    "query",
    "customer",
    "name",
    "uploadType",
    "alt",
    "ifGenerationMatch",
)
TYPES = ("application/json", "multipart/mixed; boundary=b", "multipart/related", "text/plain", "")

words = st.text(max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
bodies = st.one_of(
    st.binary(max_size=40),
    values.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=20).map(lambda part: b"--b\r\n\r\n" + part + b"\r\n--b--"),
    st.dictionaries(st.sampled_from(["set", "move", "effect", "email", "id", "payload", "user"]), values).map(
        lambda value: json.dumps(value).encode()
    ),
)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    path = draw(st.sampled_from(PATHS))
    filled = path.format(*(quote(draw(words), safe="") or "x" for _ in range(path.count("{}"))))
    query = draw(st.lists(st.tuples(st.sampled_from(NAMES), words), max_size=3))
    return Request(
        method=draw(st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "BREW"])),
        target=filled + (f"?{urlencode(query)}" if query else ""),
        headers={"Content-Type": draw(st.sampled_from(TYPES)), "Authorization": "Bearer x"},
        body=draw(bodies),
    )


@given(requests())
@settings(max_examples=400)
def test_answers_whatever_is_asked(request: Request) -> None:
    workspace = Workspace(clock=Clock(datetime(2026, 3, 2, tzinfo=UTC)), accept_any_token=True)
    workspace.add_user(User(email="ada@example.com", name="Ada Byron", is_admin=True))
    answer = Front(workspace).answer(request)
    assert 200 <= answer.status < 600
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        json.loads(answer.body)
