#!/usr/bin/env bash
# GUESS: `scim2-parse-filter` finds by `emails[type eq "work" and value co "@a.example"]`, its README's own example, who has a work address
#        there: what is in the brackets holds for one and the same address (RFC 7644, 3.4.2.2). Moments are compared as moments.
# SEEN:  each condition may hold for another address, so that Ben, who has only his private one there, is found; `not` in the brackets
#        passes over everybody who has a work address beside others. A moment in another zone is compared letter by letter.
# HURTS: whoever picks people by a directory's addresses or changes since: strangers come in, and nothing says so.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with scim2-parse-filter@0.2.10 <<'JS'
import { readFileSync } from "node:fs";
import parser from "scim2-parse-filter";

console.log("scim2-parse-filter", JSON.parse(readFileSync("node_modules/scim2-parse-filter/package.json")).version);
const people = [
    { name: "Ada", emails: [{ type: "work", value: "ada@a.example" }] },
    { name: "Ben", emails: [{ type: "work", value: "ben@b.example" }, { type: "home", value: "ben@a.example" }] },
    { name: "Cy", emails: [{ type: "home", value: "cy@c.example" }], meta: { lastModified: "2026-11-30T09:00:00+01:00" } },
];
for (const words of [
    'emails[type eq "work" and value co "@a.example"]',
    'emails[not (type eq "work")]',
    'meta.lastModified gt "2026-11-30T08:30:00Z"',
]) {
    const found = people.filter(parser.filter(parser.parse(words))).map((person) => person.name);
    console.log(`${words}:`, found.join(", ") || "nobody");
}
JS
)
as_seen "scim2-parse-filter 0.2.10
emails[type eq \"work\" and value co \"@a.example\"]: Ada, Ben
emails[not (type eq \"work\")]: Cy
meta.lastModified gt \"2026-11-30T08:30:00Z\": Cy" "$actual"
