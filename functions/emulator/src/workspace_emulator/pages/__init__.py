"""Pages on which a person looks at the local Workspace and acts in it: sheets, calendars, mailboxes, the clock.

They know Google's API and nothing else; whoever embeds them adds pages of their own as ``Panel``s.
"""

from workspace_emulator.pages.frame import Pages, Panel, Visit, attempt, empty, heading
from workspace_emulator.pages.server import Serving, serve, start

__all__ = ["Pages", "Panel", "Serving", "Visit", "attempt", "empty", "heading", "serve", "start"]
