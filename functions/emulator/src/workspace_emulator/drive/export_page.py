"""Downloads of spreadsheets under docs.google.com: ``/spreadsheets/d/ID/export?format=csv``."""

from __future__ import annotations

import re

from workspace_emulator.core.errors import ApiError, forbidden, not_here
from workspace_emulator.core.files import SHEET, role_of
from workspace_emulator.core.wire import Request, Response, refusal
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.drive import tables
from workspace_emulator.sheets.book import Book

_PATH = re.compile(r"/spreadsheets/d/([\w-]+)/export/?")


def is_export(request: Request) -> bool:
    return bool(_PATH.fullmatch(request.path)) and request.method == "GET"


def answer(workspace: Workspace, request: Request) -> Response:
    """Return the spreadsheet in the form that was asked for, or the tab ``gid`` of it."""
    match, asked = _PATH.fullmatch(request.path), dict(request.query)
    assert match is not None
    try:
        user = workspace.identity.grant(request.bearer).user if request.bearer else ""
        document = workspace.store.collection("drive/files").get(match[1])
        if document is None or document["mimeType"] != SHEET or not role_of(workspace, match[1], user):
            raise forbidden()
        ending = asked.get("format") or asked.get("exportFormat") or "xlsx"
        if ending not in tables.ENDINGS:
            raise not_here(f"exporting to {ending}; it exports to {', '.join(tables.ENDINGS)}")
        gid = asked.get("gid", "")
        content = tables.written(
            Book(workspace.store, match[1]), tables.ENDINGS[ending], int(gid) if gid.isdigit() else None
        )
    except ApiError as error:
        return refusal("drive", error)
    headers = {
        "Content-Type": tables.ENDINGS[ending],
        "Content-Disposition": f'attachment; filename="export.{ending}"',
    }
    return Response(status=200, headers=headers, body=content)
