"""The arguments of `freckle id`, `freckle headshots` and `freckle style`."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from freckle.cli import values
from freckle.errors import RecipeError

ID: Final = """Cut an ID photo to a country's official size, measured and checked: head, eyes,
turn, background, resolution. Nothing is retouched: pixels are the original's, moved by whole
pixels, unless --straighten or --dpi asks for more. What is not as it is asked for is listed, and
the exit code is 5. Exactly what an authority takes is its own to say: see --list for sizes."""
HEADSHOTS: Final = """Write head-shots that match: equal heads, eyes on one line, upright, all of
one shape. Nothing else changes unless a preset, recipe, setting or --background says so."""
STYLE: Final = """Check pictures against a style guide (a folder or ZIP with guide.json), write one
from finished pictures, pack one, or learn a recipe from pictures before and after. Exit code 5 says
that a guide is broken."""
PAPER: Final = re.compile(r"(\d{1,3}(?:\.\d)?)x(\d{1,3}(?:\.\d)?)(cm|mm|in)")
UNITS: Final = {"cm": 10.0, "mm": 1.0, "in": 25.4}
SIZE: Final = re.compile(r"(\d{2,5})x(\d{2,5})")


def id_photo(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle id` takes."""
    parser.add_argument("input", metavar="IN", type=Path, nargs="?", help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help=".png, .tif or .jpg")
    parser.add_argument("--country", metavar="NAME", help="code or name, as in --list")
    parser.add_argument("--list", action="store_true", help="what sizes there are")
    parser.add_argument("--straighten", action="store_true", help="turn the head upright")
    parser.add_argument("--dpi", metavar="N", type=values.dpi, help="default: the photo's pixels")
    parser.add_argument("--sheet", metavar="WxHcm", help="copies on paper too, as 10x15cm")
    parser.add_argument("--report", metavar="F.json", type=Path, help="measures and proof")
    parser.add_argument("-q", "--quiet", action="store_true", help="list nothing")


def headshots(parser: argparse.ArgumentParser, style: Callable[[Any], None]) -> None:
    """Add what `freckle headshots` takes."""
    parser.add_argument("inputs", metavar="IN", nargs="+", help="files, folders, patterns")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    parser.add_argument("--size", metavar="WxH", default="1200x1500", help="default: 1200x1500")
    parser.add_argument(
        "--head",
        metavar="N|fit",
        default="50",
        help="chin to crown, percent of the height; fit: the least that all photos have room for; "
        "default: 50",
    )
    parser.add_argument(
        "--eyes", metavar="N", default="56", help="above the lower edge; default: 56"
    )
    parser.add_argument("--background", metavar="C", help="one color for all, as #f2f2f2")
    style(parser.add_argument_group("what to do"))
    parser.add_argument(
        "--format", type=values.file_format, choices=("jpeg", "png", "tiff", "webp")
    )
    parser.add_argument("--quality", metavar="N", type=values.quality, help="1 to 100")
    parser.add_argument("--jobs", metavar="N", type=values.count, help="workers")
    parser.add_argument("-r", "--recursive", action="store_true", help="folders inside, too")
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    parser.set_defaults(person=None)


def style(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle style` takes."""
    ways = parser.add_subparsers(dest="way", metavar="check|guide|pack|learn", required=True)
    check = ways.add_parser("check", help="which pictures break a guide", allow_abbrev=False)
    check.add_argument("guide", metavar="GUIDE", type=Path, help="folder, .zip or guide.json")
    check.add_argument("inputs", metavar="IN", nargs="+", help="files, folders, patterns")
    check.add_argument("-r", "--recursive", action="store_true", help="folders inside, too")
    guide = ways.add_parser("guide", help="a guide from finished pictures", allow_abbrev=False)
    guide.add_argument("inputs", metavar="IN", nargs="+", help="files, folders, patterns")
    guide.add_argument("-o", "--output", metavar="guide.json", type=Path, required=True)
    guide.add_argument("--name", metavar="TEXT", help="of the guide; default: the file's")
    guide.add_argument("--color", dest="colors", metavar="NAME=#RRGGBB", action="append",
                       default=[], help="a color of the house; again for each")  # fmt: skip
    guide.add_argument("--logo", metavar="NAME", help="a .png or .svg beside the guide")
    guide.add_argument("-r", "--recursive", action="store_true", help="folders inside, too")
    guide.add_argument("-q", "--quiet", action="store_true", help="list nothing")
    pack = ways.add_parser("pack", help="a guide as one file", allow_abbrev=False)
    pack.add_argument("guide", metavar="GUIDE", type=Path)
    pack.add_argument("-o", "--output", metavar="FILE.zip", type=Path, required=True)
    learn = ways.add_parser("learn", help="a recipe from one pair or many", allow_abbrev=False)
    learn.add_argument("before", metavar="BEFORE", type=Path, help="a picture, or a folder")
    learn.add_argument(
        "after", metavar="AFTER", type=Path, help="the same finished, or a folder of the same names"
    )
    learn.add_argument("-o", "--output", metavar="RECIPE.json", type=Path, required=True)
    learn.add_argument("-q", "--quiet", action="store_true", help="list nothing")


def size_of_paper(text: str) -> tuple[float, float]:
    """Return width and height of paper in millimeters. Raises `RecipeError`."""
    found = PAPER.fullmatch(text.lower())
    if found is None or not float(found[1]) or not float(found[2]):
        raise RecipeError(f"{text[:40]!r} is no size of paper.", "Write it as 10x15cm.")
    return float(found[1]) * UNITS[found[3]], float(found[2]) * UNITS[found[3]]


def size_in_pixels(text: str) -> tuple[int, int]:
    """Return width and height in pixels. Raises `RecipeError`."""
    found = SIZE.fullmatch(text.lower())
    if found is None or not all(64 <= int(side) <= 12_000 for side in found.groups()):
        raise RecipeError(f"{text[:40]!r} is no size in pixels.", "Write it as 1200x1500.")
    return int(found[1]), int(found[2])


def share(text: str, name: str, low: int, high: int) -> float:
    """Return a percentage as a share. Raises `RecipeError`."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not low <= value <= high:
        raise RecipeError(f"{name} cannot be {text[:20]!r}.", f"It runs from {low} to {high}.")
    return value / 100
