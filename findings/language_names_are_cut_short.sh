#!/usr/bin/env bash
# GUESS: langcodes' find either knows a name in the form that menus show, “Language (Country)”, or says that it doesn't; and
#        one spoken language has one tag.
# SEEN:  “English (UK)” is en-GB, but “Portuguese (Brazil)” is pt and “Chinese (Simplified)” is zh: what follows a known name
#        is dropped without a word, so that even “english german” is English alone. “Mandarin” and “Chinese” are two languages.
# HURTS: whoever compares people's languages by tag: two who both speak Chinese share none, and a second language is lost.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with langcodes==3.5.1 language-data==1.4.0 <<'PY'
from importlib.metadata import version

import langcodes

print("langcodes", version("langcodes"))
for name in ("English (UK)", "Portuguese (Brazil)", "Chinese (Simplified)", "english german", "Mandarin", "Chinese"):
    print(f"{name}: {langcodes.find(name).to_tag()}")
PY
)
as_seen "langcodes 3.5.1
English (UK): en-GB
Portuguese (Brazil): pt
Chinese (Simplified): zh
english german: en
Mandarin: cmn
Chinese: zh" "$actual"
