#!/usr/bin/env bash
# GUESS: mjml-python (MJML's port to Rust under Python) makes of a letter the mail that MJML makes: `<mj-style inline="inline">` is
#        written onto the elements, as that is what the word is for.
# SEEN:  MJML writes the style onto the paragraph; the port passes over the word and puts the rule into the head, without a warning.
# HURTS: whoever moves the making of mails from Node to Python: what takes no style sheet from the head (Gmail's app with another
#        provider's account) shows them without it, and nothing fails.
set -euo pipefail
. "$(dirname "$0")/common.sh"

letter='<mjml><mj-head><mj-style inline="inline">.promise { color: #8a1c1c }</mj-style></mj-head><mj-body><mj-section><mj-column><mj-text><p class="promise">Call Ben by Friday</p></mj-text></mj-column></mj-section></mj-body></mjml>'
export letter
by_port=$(python_with mjml-python==1.4.2 <<'EOF'
import importlib.metadata
import os
import re

import mjml

made = mjml.mjml2html(os.environ["letter"])
made = made if isinstance(made, str) else made.content
print("mjml-python", importlib.metadata.version("mjml-python"))
print(re.search(r"<p class=.promise.[^>]*>", made)[0], "| in the head:", bool(re.search(r"<style[^>]*>\s*\.promise", made)))
EOF
)
by_mjml=$(node_with mjml@5.4.1 <<'EOF'
import mjml2html from 'mjml';
import { createRequire } from 'node:module';
const { version } = createRequire(import.meta.url)('mjml/package.json');
const made = (await mjml2html(process.env.letter)).html;
console.log('mjml', version);
console.log(made.match(/<p class=.promise.[^>]*>/)[0], '| in the head:', /<style[^>]*>\s*\.promise/.test(made));
EOF
)
as_seen 'mjml-python 1.4.2
<p class="promise"> | in the head: True
mjml 5.4.1
<p class="promise" style="color: #8a1c1c;"> | in the head: false' "$by_port
$by_mjml"
