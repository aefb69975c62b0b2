#!/usr/bin/env bash
# GUESS: `gettext-to-messageformat` leaves out what is marked “fuzzy” in a catalogue, as gettext's own msgfmt does: msgmerge puts the
#        translation of a similar sentence there for the translator to look at. The reader gets the original till then.
# SEEN:  such guesses are taken like any translation: “You did not meet” is “Ihr habt euch getroffen”. What isn't translated at all is
#        shown in the original. No option says otherwise.
# HURTS: whoever changes a word of a sentence: in the other languages the sentence before it is shown, which may be the contrary.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with gettext-to-messageformat@0.4.0 <<'JS'
import { readFileSync } from "node:fs";
import reading from "gettext-to-messageformat";

console.log("gettext-to-messageformat", JSON.parse(readFileSync("node_modules/gettext-to-messageformat/package.json")).version);
const catalogue = `msgid ""
msgstr ""
"Language: de\\n"

msgid "You met"
msgstr "Ihr habt euch getroffen"

#, fuzzy
#| msgid "You met"
msgid "You did not meet"
msgstr "Ihr habt euch getroffen"

msgid "You will meet"
msgstr ""
`;
for (const [original, shown] of Object.entries(reading.parsePo(catalogue).translations)) console.log(`${original}: ${shown}`);
JS
)
as_seen "gettext-to-messageformat 0.4.0
You met: Ihr habt euch getroffen
You did not meet: Ihr habt euch getroffen
You will meet: You will meet" "$actual"
