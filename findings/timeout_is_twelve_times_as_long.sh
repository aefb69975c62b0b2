#!/usr/bin/env bash
# GUESS: stamina's `timeout` ("limits on attempts and total time") ends a call after about so many seconds, also where the hook
#        says how long to wait (a Retry-After): a wait that can't end in time isn't begun, or is cut.
# SEEN:  the time is looked at before a wait, never with the wait in it: `timeout=10` and a wait of 120 seconds sleep 120 seconds
#        and try again. `wait_max` doesn't bound it either. With its own back-off it sleeps 16 seconds of 10.
# HURTS: a function that is stopped after a minute and means to write down first what it did: it is stopped asleep.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with stamina==26.1.0 <<'PY' 2>/dev/null
import time
from importlib.metadata import version

import stamina

clock, naps = [0.0], []
time.monotonic = lambda: clock[0]


def sleep(seconds):
    naps.append(round(seconds, 1))
    clock[0] += seconds


time.sleep = sleep
print("stamina", version("stamina"))
its_own = {"on": OSError, "wait_initial": 4, "wait_exp_base": 3, "wait_max": 60}
for how in ({"on": lambda error: 120.0, "wait_max": 5}, {"on": lambda error: 4.0}, its_own):
    clock[0], tries = 0.0, 0
    naps.clear()
    try:
        for attempt in stamina.retry_context(attempts=20, timeout=10, wait_jitter=0, **how):
            with attempt:
                tries += 1
                raise OSError("not there")
    except OSError:
        print(f"timeout 10: slept {naps}, {sum(naps):.0f} s in all, tried {tries} times")
PY
)
as_seen "stamina 26.1.0
timeout 10: slept [120.0], 120 s in all, tried 2 times
timeout 10: slept [4.0, 4.0, 4.0], 12 s in all, tried 4 times
timeout 10: slept [4.0, 12.0], 16 s in all, tried 3 times" "$actual"
