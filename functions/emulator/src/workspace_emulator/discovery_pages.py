"""Google's discovery service: the documents of the APIs that are here, with all their addresses leading here.

A client that is built from one of them (google-api-python-client with ``discoveryServiceUrl``, googleapis with
``discoverAPI``) sends its batches and uploads here too.
"""

from __future__ import annotations

import re
from typing import Any

from workspace_emulator.core.discovery import NAMES, document
from workspace_emulator.core.dispatch import Plain
from workspace_emulator.core.wire import Request, Response, json_response
from workspace_emulator.core.workspace import Workspace

_REST = re.compile(r"/discovery/v1/apis/(\w+)/(\w+)/rest")


def plain(request: Request) -> tuple[str, Plain] | None:
    """Return what answers, if a path is one of the discovery service's."""
    if request.path == "/discovery/v1/apis":
        return "discovery.apis.list", _list
    if _name(request):
        return "discovery.apis.getRest", _rest
    return None


def _name(request: Request) -> str | None:
    """Return the document that is asked for, by its API's name and version, or by its API's own host."""
    if match := _REST.fullmatch(request.path):
        api, version = match.groups()
    elif request.path == "/$discovery/rest":
        api, version = request.header("host").partition(".")[0], dict(request.query).get("version", "")
    else:
        return None
    return next((n for n in NAMES if n in {f"{api}.{version}", f"{api}.directory_{version}"}), None)


def _list(_: Workspace, request: Request) -> Response:
    items = [_entry(name, request.base) for name in NAMES]
    return json_response({"kind": "discovery#directoryList", "discoveryVersion": "v1", "items": items})


def _entry(name: str, here: str) -> dict[str, Any]:
    source = document(name).source
    kept: dict[str, Any] = {
        k: source[k] for k in ("id", "name", "version", "title", "description") if k in source
    }
    rest = f"{here}/discovery/v1/apis/{source['name']}/{source['version']}/rest"
    return {"kind": "discovery#directoryItem", **kept, "discoveryRestUrl": rest, "preferred": True}


def _rest(_: Workspace, request: Request) -> Response:
    name = _name(request)
    assert name is not None
    source, here = document(name).source, request.base
    addresses: dict[str, Any] = {
        "rootUrl": f"{here}/",
        "mtlsRootUrl": f"{here}/",
        "baseUrl": f"{here}/{source['servicePath']}",
        "batchPath": source.get("batchPath", "batch"),
    }
    return json_response(source | addresses)
