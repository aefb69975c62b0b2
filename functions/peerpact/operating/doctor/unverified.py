"""What Peerpact takes of Google that no documentation promises: which check tries it, or why nothing depends on it.

infra/README.md shows this list; a test compares them, and that each check named here is there.
"""

from __future__ import annotations

TRIED_BY: dict[str, tuple[str, ...]] = {
    "Sheets refuses as a whole (400) a batch that adds a named range which is there, or takes away one which isn't": (
        "one atomic batch",
    ),
    "Sheets copies values as they are, text that looks like a number or a formula among them": (
        "large commit",
    ),
    "Sheets keeps comments at cells, new in October 2026, and shows where they are and whether they are resolved": (
        "comments at cells",
    ),
    "a draft that was sent is gone: sent again, it is 404": ("a draft is sent once",),
    "an event's id counts as taken at once, and a deleted event keeps it": ("calendar",),
    "a Meet link comes with the event that asks for one": ("Meet link",),
    "free/busy tells of meetings and leaves working locations out": ("working location",),
    "colleagues' free/busy can be read": ("free/busy",),
    "a colleague's primary calendar tells their working hours to whoever may see it": ("working hours",),
    "a role with the right to read users is enough to list suspended and deleted accounts": ("accounts",),
    "Gmail keeps a header of our own, and shows it to a token that may see headers alone": (
        "own header",
        "letters by their key",
    ),
    "a token that has gmail.metadata may neither search nor read, so only the others carry it out": (
        "scope gmail.metadata",
        "scope gmail.modify",
        "letters by their key",
    ),
    "Gmail's search knows a mail soon after it has come": ("search",),
    "mail to a plus-address comes without anybody setting it up": ("letter to itself",),
    "Gmail may give a letter another Message-ID": ("Message-ID",),
    "mail inside the domain may come without Authentication-Results": ("Authentication-Results",),
    "the Scheduler counts as internal on a function's own address, and run.invoker alone lets it in": (
        "runs",
    ),
    "the limits a minute are those that Google publishes, and nothing else draws on them": (
        "quota a minute",
    ),
    "2,000 mails a day": ("quota",),
    "drive.file reaches a spreadsheet that was made through the same access, and no other": (
        "programme shared",
        "ledger shared",
    ),
    "delegation and its scopes count only after a while; a password change ends the mailbox's consent": (
        "credentials",
    ),
}
NOTHING_DEPENDS_ON: dict[str, str] = {
    "sorting moves values and leaves what is attached to rows behind": "rows are found by their key alone",
    "“propose a new time” is told to nobody": "what counts is the event's own time",
    "what watching a mailbox costs": "it is looked at every quarter of an hour",
    "how many calls fit into one HTTP batch, how many recipients into one mail": "none is used; a letter has one",
    "an absence can be alerted on for about a day at most": "it is waited for three hours; all else is an hourly line",
    "variables for uv reach the build": "what is installed is requirements.txt, with hashes",
    "a small function has a part of a processor": "each has a whole one",
}
