#!/usr/bin/env bash
# GUESS: `chrono-node`, asked in the text's language, reads a meeting as German and Spanish mails have it, “Freitag, 4. Dezember, 14 Uhr”,
#        whole, or finds the day and passes over the hour: “partial support” leaves out, it doesn't invent.
# SEEN:  the hour becomes the year, the 4th of December 2014, a Thursday. In figures, “4.12.” is the time 4:12 and the two o'clock another
#        moment, today. Five “de la tarde” is five in the morning, and the afternoon another moment.
# HURTS: whoever finds meetings in people's mails: something is found each time, so that nothing looks wrong.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with chrono-node@2.10.3 <<'JS'
import { readFileSync } from "node:fs";
import * as chrono from "chrono-node";

console.log("chrono-node", JSON.parse(readFileSync("node_modules/chrono-node/package.json")).version);
const now = new Date("2026-11-30T09:00:00");
const shown = (moment) => moment.toString().slice(0, 21);
console.log("now:", shown(now));
for (const [language, text] of [
    ["en", "Friday, 4 December, 14:00"],
    ["de", "Freitag, 4. Dezember, 14 Uhr"],
    ["de", "Freitag, 4. Dezember 2026, 14 Uhr"],
    ["de", "Freitag, 4.12., 14 Uhr"],
    ["es", "mañana a las 5 de la tarde"],
    ["es", "el viernes a las 5 de la tarde"],
]) {
    const found = chrono[language].parse(text, now, { forwardDate: true });
    console.log(`${text}:`, found.map((one) => `“${one.text}” ${shown(one.start.date())}`).join("; "));
}
JS
)
as_seen "chrono-node 2.10.3
now: Mon Nov 30 2026 09:00
Friday, 4 December, 14:00: “Friday, 4 December, 14:00” Fri Dec 04 2026 14:00
Freitag, 4. Dezember, 14 Uhr: “Freitag, 4. Dezember, 14” Thu Dec 04 2014 12:00
Freitag, 4. Dezember 2026, 14 Uhr: “Freitag, 4. Dezember 2026, 14 Uhr” Fri Dec 04 2026 14:00
Freitag, 4.12., 14 Uhr: “Freitag, 4.12” Fri Dec 04 2026 04:12; “14 Uhr” Mon Nov 30 2026 14:00
mañana a las 5 de la tarde: “mañana a las 5” Tue Dec 01 2026 05:00; “tarde” Mon Nov 30 2026 15:00
el viernes a las 5 de la tarde: “viernes a las 5” Fri Dec 04 2026 05:00; “tarde” Mon Nov 30 2026 15:00" "$actual"
