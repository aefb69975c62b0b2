// Holds every rendered letter against caniemail.com's support data (npm caniemail): what Outlook, Gmail and Apple Mail
// don't draw must be listed here, with the reason why nobody misses it. Usage: node support.mjs FOLDER-OF-LETTERS
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { caniemail } = await import(pathToFileURL(require.resolve("caniemail")).href);

const HARMLESS = {
  "<style> element": "dark colours, and smaller buttons on phones; without it a mail is light",
  "@media": "dark colours, and smaller buttons on phones",
  "Attribute selector": "Outlook's own marks for dark mode",
  "Class selector": "as above",
  "Descendant combinator": "dark colours only",
  "!important keyword": "as above",
  "border-radius": "square corners",
  "min-width property": "a button of one figure is narrower there, where nobody presses with a finger",
  "role attribute": "for screen readers of others; tables are read row by row without it",
  "<body> element": "the page's colour is on the table as well",
  "color-scheme CSS property": "programs that don't know it choose light or dark themselves; both can be read",
  "color-scheme meta tag": "as above",
  "display:none": "the line before the mail is then its first line, and says nothing else than the mail",
};

const [folder] = process.argv.slice(2);
const clients = ["gmail.*", "outlook.*", "apple-mail.*"];
let looked = 0;
let wrong = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".html") && name !== "index.html")) {
  if (file.startsWith("invitation")) continue; // a calendar event's text, not a mail
  const { issues } = caniemail({ clients, html: readFileSync(join(folder, file), "utf8") });
  looked += 1;
  for (const [client, found] of issues.errors) {
    for (const title of new Set(found.map((issue) => issue.title))) {
      if (title in HARMLESS) continue;
      wrong += 1;
      console.log(`${file}: ${client} does not draw ${title}.`);
    }
  }
}
console.log(`${looked} mails looked at in ${clients.join(", ")}: ${wrong} things that are not drawn and not accounted for.`);
process.exit(wrong || !looked ? 1 : 0);
