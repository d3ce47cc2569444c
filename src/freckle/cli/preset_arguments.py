"""The arguments of `freckle presets`."""

import argparse
from pathlib import Path


def preset_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the list's, and those of importing."""
    parser.add_argument("--json", action="store_true", help="for programs")
    ways = parser.add_subparsers(dest="direction", metavar="import")
    way = ways.add_parser(
        "import",
        help="make a recipe of another program's preset",
        description="Make a recipe of a color table (.cube) or a preset of Lightroom or Camera Raw "
        "(.xmp). What freckle has nothing for is listed.",
        allow_abbrev=False,
    )
    way.add_argument("input", metavar="FILE", type=Path, help=".cube or .xmp; only read")
    way.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="default: beside it, ending in .json"
    )
