"""The words that the editor offers: all are understood, in every language of the lexicon."""

import json
from pathlib import Path

from freckle.looks.reading import read

CHIPS = Path(__file__).parents[2] / "web" / "src" / "panels" / "design" / "chips.json"
CLEAR = {"understood", "without"}


def test_the_editor_offers_words_that_are_understood() -> None:
    offered = json.loads(CHIPS.read_text(encoding="utf-8"))
    entries = [
        *offered["examples"],
        *(each for group in offered["groups"].values() for each in group),
    ]
    assert len(entries) > 30
    unclear = {
        words: [(word.text, word.how) for word in read(words).heard if word.how not in CLEAR]
        for entry in entries
        for words in entry.values()
    }
    assert {words: why for words, why in unclear.items() if why} == {}
