#!/usr/bin/env bash
# GUESS: `planer` takes what looks like a line above a quotation for one where a quotation follows, or at least leaves some of a mail.
# SEEN:  a sentence that begins with “On” (“Am”, “Le”, “Op”) and ends a line with “wrote:” (“schrieb:”, “a écrit :”, “schreef:”) takes
#        itself and all that follows away, without a sign of quotation anywhere: as the first it leaves nothing.
# HURTS: whoever acts on answers: somebody told of a meeting, and it is as if the mail had no words.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with planer@1.2.0 <<'JS'
import { readFileSync } from "node:fs";
import planer from "planer";

console.log("planer", JSON.parse(readFileSync("node_modules/planer/package.json")).version);
for (const text of [
    "On Monday we met, as Ben wrote:\nit was good.\nNext time in March.",
    "Yes. On Monday we met, as Ben wrote:\nit was good.\nNext time in March.",
    "Am Montag haben wir uns getroffen, wie Ben schrieb:\nes war gut.",
    "Le prochain rendez-vous est lundi, comme Ben l'a écrit :\nà neuf heures.",
    "Op maandag, zoals Ben schreef:\nhet was goed.",
]) {
    console.log(JSON.stringify(text), "->", JSON.stringify(planer.extractFrom(text, "text/plain")));
}
JS
)
as_seen "planer 1.2.0
\"On Monday we met, as Ben wrote:\\nit was good.\\nNext time in March.\" -> \"\"
\"Yes. On Monday we met, as Ben wrote:\\nit was good.\\nNext time in March.\" -> \"Yes.\"
\"Am Montag haben wir uns getroffen, wie Ben schrieb:\\nes war gut.\" -> \"\"
\"Le prochain rendez-vous est lundi, comme Ben l'a écrit :\\nà neuf heures.\" -> \"\"
\"Op maandag, zoals Ben schreef:\\nhet was goed.\" -> \"\"" "$actual"
