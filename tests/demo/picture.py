"""README's picture of the demo, made anew, and beside it in words what it shows. To be run:

make picture                    play three months; write demo.png, and what is on it to demo.json
make picture ARGS=--check       play three months; say what the page shows otherwise than the picture
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from playing import served
from playwright.sync_api import Page, expect, sync_playwright

from chromium import launched

HERE = Path(__file__).resolve().parent
PICTURE, WORDS = HERE / "demo.png", HERE / "demo.json"
SIZE = (1280, 800)
WITHIN = 900
"""Seconds for three months to be played on a busy machine."""


def on_the_page(page: Page) -> dict[str, Any]:
    """Return what an open first page shows: the steps of its minute, and each tile line by line."""
    expect(page.locator(".tile").first).to_be_visible()
    steps = page.locator(".sheet-card", has=page.get_by_role("heading", name="One minute")).inner_text()
    return {
        "one minute": steps.split("\n")[1:],
        "tiles": [tile.inner_text().split("\n") for tile in page.locator("a.tile").all()],
    }


def written() -> dict[str, Any]:
    """Return what is noted of the picture."""
    noted: dict[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return noted


def digest() -> str:
    return hashlib.sha256(PICTURE.read_bytes()).hexdigest()


def main() -> None:
    with served(within=WITHIN) as url, sync_playwright() as p:
        width, height = SIZE
        page = launched(p).new_page(viewport={"width": width, "height": height}, base_url=url)
        page.goto("/")
        shown = on_the_page(page)
        if "--check" in sys.argv:
            same = shown == {name: written()[name] for name in shown}
            sys.exit(
                None if same else f"The page shows otherwise than the picture: {json.dumps(shown, indent=1)}"
            )
        page.screenshot(path=PICTURE)
    WORDS.write_text(json.dumps({**shown, "sha256": digest()}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
