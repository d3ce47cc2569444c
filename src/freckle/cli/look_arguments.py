"""The arguments of `freckle look`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from freckle.cli import values

LOOK: Final = """Turn words into a look: light, color, film, makeup, complexion and ground, as in
"soft golden hour, dewy skin, coral lips". English, Spanish and Chinese; "no grain", "very warm",
"(warm light:1.4)". What each word did is printed, and what nobody understood. Every face keeps its
shape, skin its tone. Without IN a sample portrait stands in."""
REFERENCE: Final = """its color, mood, light and makeup are lent; no pixel of it, and no face"""
PARTS: Final = ("color", "mood", "light", "makeup")
OUT: Final = "with several candidates OUT-1, OUT-2, …, or a folder that is there"


def look_arguments(parser: Any, file_arguments: Callable[[Any], None]) -> None:
    """Add what `freckle look` understands."""
    parser.add_argument("words", metavar="WORDS", nargs="?", help="what it shall look like")
    parser.add_argument("input", metavar="IN", nargs="?", type=Path, help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=OUT)
    group = parser.add_argument_group("the look")
    group.add_argument(
        "--candidates", metavar="N", type=_candidates, default=1, help="1 to 8 that differ"
    )
    group.add_argument("--seed", metavar="N", type=_seed, default=0, help="which others they are")
    group.add_argument("--style", metavar="NAME", help="a curated style; `--style list` names them")
    group.add_argument(
        "--weight", metavar="W", type=_decimal, default=7.0, help="of the words: 1 to 20 (7)"
    )
    group.add_argument("--scale", metavar="S", type=_decimal, default=1.0, help="larger: 1 to 4")
    group.add_argument("--aspect", metavar="W:H", help="shape of the picture, as 4:5")
    group.add_argument("--recipe", metavar="FILE", type=Path, help="a retouch that stays below")
    group.add_argument("--free-skin", action="store_true", help="let skin take on the colors")
    lent = parser.add_argument_group("after a picture, in place of words or below them")
    lent.add_argument("--reference", metavar="REF", type=Path, help=REFERENCE)
    lent.add_argument(
        "--strength", metavar="N", type=_percent, default=100, help="of what is lent: 0 to 100"
    )
    lent.add_argument(
        "--without", choices=PARTS, action="append", default=[], help="not lent; repeatable"
    )
    also = parser.add_argument_group("also written")
    also.add_argument("--recipe-out", metavar="FILE", type=Path, help="the look as JSON")
    also.add_argument("--cube", metavar="FILE", type=Path, help="its color part as a .cube table")
    file_arguments(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="do not say what words did")


def _candidates(text: str) -> int:
    return values.number(text, 1, 8, "number of candidates")


def _seed(text: str) -> int:
    return values.number(text, 0, 2**31 - 1, "seed")


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None


def _percent(text: str) -> int:
    return values.number(text, 0, 100, "strength")
