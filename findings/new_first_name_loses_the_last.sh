#!/usr/bin/env bash
# GUESS: where a directory tells by SCIM that somebody's first name is Eva now, the last name stays: what isn't named “SHALL be left
#        unchanged” (RFC 7644, 3.5.2.3), whether the change names the path or has the whole in its value; `scim-patch` and `scimmy` agree.
# SEEN:  each loses the last name where the other keeps it: scimmy where the path is `name`, scim-patch where there is no path,
#        in its `add`, too, which is only to add.
# HURTS: whoever takes people from a directory: it depends on how that words the change whether they still have a surname.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with scim-patch@0.8.3 scimmy@1.3.5 <<'JS'
import { readFileSync } from "node:fs";
import patching from "scim-patch";
import SCIMMY from "scimmy";

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
console.log("scim-patch", version("scim-patch"), "scimmy", version("scimmy"));
const ada = () => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: "1",
    userName: "ada",
    name: { givenName: "Ada", familyName: "King" },
});
for (const change of [
    { op: "replace", path: "name", value: { givenName: "Eva" } },
    { op: "replace", value: { name: { givenName: "Eva" } } },
    { op: "add", path: "name", value: { givenName: "Eva" } },
    { op: "add", value: { name: { givenName: "Eva" } } },
]) {
    const one = patching.scimPatch(ada(), [structuredClone(change)]);
    const message = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [structuredClone(change)] };
    const other = await new SCIMMY.Messages.PatchOp(message).apply(new SCIMMY.Schemas.User(ada()));
    const shown = (person) => `${person.name.givenName} ${person.name.familyName ?? "(no last name)"}`;
    console.log(change.op, change.path ?? "without a path:", "| scim-patch", shown(one), "| scimmy", shown(other));
}
JS
)
as_seen "scim-patch 0.8.3 scimmy 1.3.5
replace name | scim-patch Eva King | scimmy Eva (no last name)
replace without a path: | scim-patch Eva (no last name) | scimmy Eva King
add name | scim-patch Eva King | scimmy Eva King
add without a path: | scim-patch Eva (no last name) | scimmy Eva King" "$actual"
