"""The glossary's places are there."""

import re
from pathlib import Path

from tests.house.premises import ROOT

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8").split("## Proposed renames")[0]
ROW = re.compile(r"^\| (?P<word>.+?) \| (?P<what>.+) \| (?P<where>.+) \|$", re.MULTILINE)
PLACE = re.compile(r"`([\w./-]+(?:\.py|\.md|/))`")


def missing(where: str) -> list[str]:
    """Return the places of a row that are not there; a bare name lies beside the one before it."""
    folder, lost = Path(), []
    for name in PLACE.findall(where):
        for place in (ROOT / "src" / "freckle" / name, ROOT / name, folder / name):
            if place.exists() and place != folder:
                folder = place if place.is_dir() else place.parent
                break
        else:
            lost.append(name)
    return lost


def test_every_word_says_where_it_lives() -> None:
    rows = [row for row in ROW.finditer(PAGE) if row["word"] not in ("word", "---")]
    assert len(rows) > 80
    assert {row["word"]: lost for row in rows if (lost := missing(row["where"]))} == {}
    words = [row["word"] for row in rows]
    assert len(words) == len(set(words))


def test_a_place_that_is_gone_is_noticed() -> None:
    assert missing("`ops/smooth.py`, `pores.py`, `gone.py`") == ["gone.py"]
