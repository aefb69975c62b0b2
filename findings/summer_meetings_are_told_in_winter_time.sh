#!/usr/bin/env bash
# GUESS: rrule-temporal, which keeps the zone by its name, tells a series "at 9 AM" with that zone, or with no zone at all: nine in
#        Berlin stays nine in Berlin.
# SEEN:  it tells the offset of the first meeting: "at 9 AM GMT+1" for a series from March to June of which all but the first four
#        are at GMT+2, in French "UTC+1" likewise. Its own list of the meetings has both offsets, rightly.
# HURTS: whoever puts the sentence below an invitation for colleagues abroad: by it they come an hour late all summer.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with rrule-temporal@2.2.8 temporal-polyfill@1.0.8 <<'EOF'
import { readFileSync } from 'node:fs';
import { RRuleTemporal } from 'rrule-temporal';
import { toText } from 'rrule-temporal/totext';

console.log('rrule-temporal', JSON.parse(readFileSync('node_modules/rrule-temporal/package.json')).version);
const series = new RRuleTemporal({ rruleString: 'DTSTART;TZID=Europe/Berlin:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=16' });
const told = {};
for (const day of series.all()) told[day.offset] = (told[day.offset] ?? 0) + 1;
console.log('meetings by offset:', JSON.stringify(told));
for (const language of ['en', 'fr']) console.log(language + ':', toText(series, language).match(/(GMT|UTC)\S*/)[0]);
EOF
)
as_seen 'rrule-temporal 2.2.8
meetings by offset: {"+01:00":4,"+02:00":12}
en: GMT+1
fr: UTC+1' "$actual"
