#!/usr/bin/env bash
# GUESS: `timezone-soft` (“interpret informal timezone names”) takes “GMT+2”, as people write it, for two hours ahead, like “UTC+2”:
#        that the database's `Etc/GMT+2` means the contrary is why one asks such a library.
# SEEN:  “GMT+2” is the database's, two hours behind, “UTC+2” two hours ahead, four hours apart; and each names itself the other way:
#        the name to show for “UTC+2” is “(UTC-2:00)”.
# HURTS: whoever asks people for their zone in their own words: they meet four hours, for Tokyo eighteen hours, from each other.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with timezone-soft@1.5.2 <<'JS'
import { readFileSync } from "node:fs";
import soft from "timezone-soft";

console.log("timezone-soft", JSON.parse(readFileSync("node_modules/timezone-soft/package.json")).version);
for (const words of ["Berlin", "UTC+2", "GMT+2", "UTC-5", "GMT-5", "UTC+9", "GMT+9"]) {
    const [zone] = soft(words);
    console.log(`${words}: ${zone.iana}, offset ${zone.standard.offset}, shown as ${zone.long}`);
}
JS
)
as_seen "timezone-soft 1.5.2
Berlin: Europe/Busingen, offset 1, shown as (UTC+01:00) Brussels, Copenhagen, Madrid, Paris
UTC+2: Etc/GMT-2, offset 2, shown as (UTC-2:00) Coordinated Universal Time
GMT+2: Etc/GMT+2, offset -2, shown as (UTC+2:00) Coordinated Universal Time
UTC-5: Etc/GMT+5, offset -5, shown as (UTC+5:00) Coordinated Universal Time
GMT-5: Etc/GMT-5, offset 5, shown as (UTC-5:00) Coordinated Universal Time
UTC+9: Etc/GMT-9, offset 9, shown as (UTC-9:00) Coordinated Universal Time
GMT+9: Etc/GMT+9, offset -9, shown as (UTC+9:00) Coordinated Universal Time" "$actual"
