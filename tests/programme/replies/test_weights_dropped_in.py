"""What a text weighs where a language's weights are these few: reckoned by hand."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.weights import weight_of

WEIGHTS = 'every_reply = -1.0\n[parts]\n"2.0" = "a, dog"\n"-0.5" = "cat, cat dog"\n'


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("a", -1 + 2.0),
        ("dog", -1 + 2.0 / sqrt(3)),  # dog, <dog, dog>
        ("cat dog", -1 + (2.0 - 0.5 - 0.5) / sqrt(7)),
        ("what", -1),
        (
            "what a. A",
            -1 + 2.0 / sqrt(6),
        ),  # its first sentence: what, a, <wha, what, hat>, what a; the whole weighs less
    ],
)
def test_reckons_parts_together_by_the_root_of_their_number(
    text: str, weighed: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "weights.toml").write_text(WEIGHTS, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    assert weight_of(text, ("xx",)) == pytest.approx(weighed)
