#!/usr/bin/env bash
# GUESS: a vCard library gives a company back as people call it, without the backslashes that the format puts before commas and
#        semicolons, and apart from the department: `vcf`, which also writes jCard for others, and `vcard4-ts` (“type safety first”).
# SEEN:  vcf leaves the backslashes in, in its jCard, too, where there is no such thing: the card that ical.js makes of that has more of
#        them. vcard4-ts says that a company is a list and has one text in it, with the company's semicolon like the department's.
# HURTS: whoever reads people's departments out of cards: two of one department aren't seen as such, and names come with backslashes.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with vcf@2.1.2 vcard4-ts@0.4.1 ical.js@2.2.1 <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { parseVCards } from "vcard4-ts";
import VCard from "vcf";

const versions = ["vcf", "vcard4-ts", "ical.js"].map((name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version}`);
console.log(versions.join(" "));
const company = String.raw`ORG:Smith\, Jones & Co\; Sons;Research`;
const card = ["BEGIN:VCARD", "VERSION:4.0", "FN:Ada King", company, "END:VCARD", ""].join("\r\n");
console.log(company);
const own = new VCard().parse(card);
console.log("vcf:", own.get("org").valueOf());
const jcard = own.toJSON();
console.log("jCard of vcf:", JSON.stringify(jcard[1].find(([name]) => name === "org")));
console.log("ical.js of that:", ICAL.stringify(jcard).match(/ORG.*/i)[0].trim());
console.log("jCard of ical.js:", JSON.stringify(ICAL.parse(card)[1].find(([name]) => name === "org")));
console.log("vcard4-ts:", JSON.stringify(parseVCards(card).vCards[0].ORG[0].value));
JS
)
as_seen "vcf 2.1.2 vcard4-ts 0.4.1 ical.js 2.2.1
ORG:Smith\\, Jones & Co\\; Sons;Research
vcf: Smith\\, Jones & Co\\; Sons;Research
jCard of vcf: [\"org\",{},\"text\",\"Smith\\\\, Jones & Co\\\\; Sons;Research\"]
ical.js of that: ORG:Smith\\\\\\, Jones & Co\\\\; Sons;Research
jCard of ical.js: [\"org\",{},\"text\",[\"Smith, Jones & Co; Sons\",\"Research\"]]
vcard4-ts: [\"Smith, Jones & Co; Sons;Research\"]" "$actual"
