#!/usr/bin/env bash
# GUESS: `email-reply-extractor` ("removes greetings, sign-offs and signatures, leaving only the author's substantive prose") keeps
#        an answer that comes after a word of thanks, and a sentence that begins as a greeting does.
# SEEN:  "Thanks!" before a blank line is a farewell, and up to three words after it the name below one: "Not yet.", "I met Kim."
#        and "Stop" go, and nothing remains. "Hello Kim and I met on Friday." is a greeting as a whole. "Sorry!" is none.
# HURTS: whoever asks a question that a word answers: who answers kindly is taken to have said nothing.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with email-reply-extractor==1.1.1 <<'PY' 2>/dev/null
from importlib.metadata import version

from email_reply_extractor import clean_for_scoring, extract_new_text

QUOTED = "\n\nOn Mon, 30 Nov 2026 at 09:00, Mentoring <mentoring@example.com> wrote:\n> How did it go?\n"
print("email-reply-extractor", version("email-reply-extractor"))
for answer in (
    "Not yet.", "Sorry!\n\nNot yet.", "Thanks!\n\nNot yet.", "Thank you!\n\nI met Kim.", "Many thanks!\n\nStop",
    "Thanks!\n\nI will ask Bo by Friday.", "Hello Kim and I met on Friday.",
):
    new = extract_new_text(answer + QUOTED).text
    print(f"{new!r}: {clean_for_scoring(new).text!r}")
PY
)
as_seen "email-reply-extractor 1.1.1
'Not yet.': 'Not yet.'
'Sorry!\\n\\nNot yet.': 'Sorry!\\n\\nNot yet.'
'Thanks!\\n\\nNot yet.': ''
'Thank you!\\n\\nI met Kim.': ''
'Many thanks!\\n\\nStop': ''
'Thanks!\\n\\nI will ask Bo by Friday.': 'Thanks!\\n\\nI will ask Bo by Friday.'
'Hello Kim and I met on Friday.': ''" "$actual"
