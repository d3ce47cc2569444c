"""The arguments of `freckle poster`."""

import argparse
from pathlib import Path
from typing import Final

from freckle.cli import values

POSTER: Final = """Lay a portrait and words out by a template, for paper or screens, in several
sizes at once. Type is kept off faces, inside the safe area, and readable on what lies behind it.
With --csv every row of a table makes one."""
TEXTS: Final = """kicker, body, name, role, date, place, price, cta, link (a QR code), items
("Soup | 9 | with leek; Cake | 6"); colors=template|picture|brand; ground=template|keep|remove"""
SIZE: Final = """story, post, portrait, link, thumbnail, banner, header, wide, a6 to a2, letter,
badge, card; a4-wide lies; 1200x800px and 90x50mm; repeatable"""


def add_poster(parser: argparse.ArgumentParser) -> None:
    """Add them to the command."""
    parser.add_argument(
        "template", metavar="TEMPLATE|POSTER.json", nargs="?", help="see --list; or a saved poster"
    )
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help=".pdf, .png or .jpg")
    parser.add_argument("--list", action="store_true", help="what templates there are")
    parser.add_argument("--json", action="store_true", help="the list for programs")
    said = parser.add_argument_group("what it says")
    said.add_argument("--headline", metavar="TEXT")
    said.add_argument("--subline", metavar="TEXT")
    said.add_argument(
        "--set", metavar="NAME=TEXT", action="append", default=[], dest="texts", help=TEXTS
    )
    said.add_argument("--lang", metavar="CODE", help="its language: en, de, tr, zh, …")
    said.add_argument("--csv", metavar="ROWS", type=Path, help="a poster for every row")
    said.add_argument(
        "--jobs", metavar="N", type=values.count, help="rows at once; default: one a core"
    )
    who = parser.add_argument_group("who is on it")
    who.add_argument(
        "--portrait", metavar="IN", type=Path, action="append", default=[], dest="portraits"
    )
    who.add_argument("--preset", metavar="NAME", action="append", default=[], dest="presets")
    who.add_argument("--recipe", metavar="FILE", type=Path, help="how portraits are retouched")
    out = parser.add_argument_group("the file written")
    out.add_argument("--size", metavar="NAME", action="append", default=[], dest="sizes", help=SIZE)
    out.add_argument("--brand", metavar="FILE", type=Path, help="JSON, or a style guide")
    out.add_argument("--logo", metavar="FILE", type=Path, help=".svg, or any picture")
    out.add_argument("--font", metavar="FONT", help="of headlines: a name of --list, .ttf or .otf")
    out.add_argument("--text-font", metavar="FONT", help="of all other words")
    out.add_argument("--cmyk", metavar="PROFILE", type=Path, help="ink by your printer's ICC file")
    out.add_argument(
        "--ink-limit", metavar="N", type=values.ink, default=300.0, help="percent; default: 300"
    )
    out.add_argument("--no-marks", action="store_true", help="no crop marks")
    out.add_argument("--dpi", metavar="N", type=values.sheet_dpi, help="of pictures; default: 300")
    out.add_argument("--save", metavar="POSTER.json", type=Path, help="the poster, to go on with")
    parser.add_argument("-q", "--quiet", action="store_true", help="do not list the files")
