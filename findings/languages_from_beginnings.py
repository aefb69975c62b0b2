"""langcodes finds a language for words that only begin with its name: “english german” is English, “Klingonese” Klingon.

langcodes 3.5.1 with language-data 1.4.0, 2026-11-28. What follows a name of four letters and more is dropped without a
word. We look a found language's names up again, and take it only if one of them is the whole of what was typed.
"""

from __future__ import annotations

import langcodes
from told import verdict

found = {words: str(langcodes.find(words)) for words in ("english german", "Klingonese")}
verdict(
    package="langcodes",
    as_found=found == {"english german": "en", "Klingonese": "tlh"},
    shown=found,
)
