#!/usr/bin/env bash
# GUESS: postal-mime joins the soft line breaks of a mail that is `format=flowed` (RFC 3676) and keeps what is quoted apart from what
#        isn't: “>” belongs to the line, not to the text, and where quotation ends, the paragraph does (4.5).
# SEEN:  lines are joined as they stand: “>” is in the middle of a sentence, and after an empty quoted line that ends in a space the
#        person's answer is the end of the quoted question. Python's own parser joins nothing and keeps the lines.
# HURTS: whoever reads answers by leaving out the lines that begin with “>”: nothing is left of “No.”, and no error is raised.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with postal-mime@4.0.0 <<'JS'
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

console.log("postal-mime", JSON.parse(readFileSync("node_modules/postal-mime/package.json")).version);
const head = ["From: ben@example.org", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8; format=flowed", ""];
for (const lines of [
    ["> Did you meet ", "> on Monday?", "", "No."],
    ["> Did you meet?", "> ", "No."],
    ["Yes, we did. ", "> Did you meet?"],
]) {
    console.log(JSON.stringify(lines), "is", JSON.stringify((await PostalMime.parse([...head, ...lines, ""].join("\r\n"))).text));
}
JS
)
as_seen "postal-mime 4.0.0
[\"> Did you meet \",\"> on Monday?\",\"\",\"No.\"] is \"> Did you meet > on Monday?\\n\\nNo.\\n\"
[\"> Did you meet?\",\"> \",\"No.\"] is \"> Did you meet?\\n> No.\\n\"
[\"Yes, we did. \",\"> Did you meet?\"] is \"Yes, we did. > Did you meet?\\n\"" "$actual"
