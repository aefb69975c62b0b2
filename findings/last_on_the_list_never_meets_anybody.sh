#!/usr/bin/env bash
# GUESS: coffee-roulette makes two pairs of four people that it is given as a list, and in three rounds everybody has met everybody.
# SEEN:  the last of the list is in no pair in any round, and isn't named as left over either; somebody else is, each time.
# HURTS: an organiser who hands over a list: one colleague waits for a partner who never comes, and no line says so.
set -euo pipefail
. "$(dirname "$0")/common.sh"

printed=$(python_with coffee-roulette==0.4.6 numpy==2.3.5 pandas==2.3.3 <<'EOF' 2>/dev/null
import contextlib
import importlib.metadata
import io
import re
import tempfile
import warnings
import coffee_roulette

warnings.simplefilter("ignore")
print("coffee-roulette", importlib.metadata.version("coffee-roulette"))
folder, people, said = tempfile.mkdtemp(), ["Ada", "Ben", "Cleo", "Dina"], io.StringIO()
with contextlib.redirect_stdout(said):
    coffee_roulette.create_coffee_roulette("x", working_dir=folder, participants=people)
    for _ in range(3):
        coffee_roulette.get_pairs(f"{folder}/CoffeeRoulette-x/config.yaml", conv_starters=False, random_time=False)
paired = re.findall(r"@(\w+) will have coffee with @(\w+)", said.getvalue())
left = re.findall(r"(\w+) was not paired", said.getvalue())
print("pairs in three rounds:", len(paired), "| left over:", len(left))
print("never in a pair:", [p for p in people if not any(p in pair for pair in paired)], "| named as left over:", "Dina" in left)
EOF
)
as_seen "coffee-roulette 0.4.6
pairs in three rounds: 3 | left over: 3
never in a pair: ['Dina'] | named as left over: False" "$printed"
