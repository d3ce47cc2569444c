"""The arguments of commands that work on many photos."""

import argparse
from pathlib import Path
from typing import Any, Final

from freckle.cli import values

BATCH: Final = """Retouch many photos: files, folders, patterns, addresses of stores. Without a
preset or recipe the Natural preset is used. A photo that fails is listed with its reason and stops
no other. A set that was stopped goes on with the same command and --resume. Exit code 5 says that
some failed."""
WATCH: Final = """Retouch photos as they arrive in a folder, a camera's on a cable for instance:
each as soon as its file is complete. What is in the folder already is done first, unless it was
done before. Ctrl-C ends it."""
NAMES: Final = """names of results without their ending: {name}, {ext} and {folder} of the photo,
{index} in the set, {preset} of --export; default: {folder}/{name}"""
CONFLICT: Final = """what to do where a file is there already that is not this set's own; default:
rename, which numbers"""
ROSTER: Final = """who is in which photo and what they agreed to: columns file, name, consent
(none, skin, makeup, all), output, notes, face, code; whoever agreed to nothing is never changed.
A photo that shows a row's code as a QR code is a slate: the photos after it are that person's"""
MATCH: Final = """balance the light of each photo until everybody's skin has one color in all; never
lighter. Needs freckle[people], or a roster that names everybody"""
DECIDED: Final = """marks decided in the recipe beside one photo (PHOTO.freckle.json) hold in all
photos of that person"""
EXPORT: Final = """write the photo as an export preset wants it instead (see `freckle export
--list`), after --recipe or --preset if there is one; repeatable"""


def batch(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle batch` takes alone."""
    parser.add_argument("inputs", metavar="IN", nargs="+", help="file, folder, pattern or s3://…")
    group = _shared(parser)
    people = parser.add_argument_group("people of the set")
    people.add_argument("--roster", metavar="FILE.csv", type=Path, help=ROSTER)
    people.add_argument(
        "--unlisted",
        choices=("none", "skin", "makeup", "all"),
        default="none",
        help="what whoever is not in the roster agreed to; default: none",
    )
    people.add_argument("--match", action="store_true", help=MATCH)
    people.add_argument("--decided", action="store_true", help=DECIDED)
    people.add_argument(
        "--contact", metavar="SHEET.jpg", type=Path, help="a sheet of all, with suggestions"
    )
    group.add_argument(
        "--resume", action="store_true", help="go on with a set: what was done is not done again"
    )


def watch(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle watch` takes alone."""
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    group = _shared(parser)
    group.add_argument(
        "--new-only", action="store_true", help="leave alone what is in the folder already"
    )
    group.add_argument(
        "--idle", metavar="SECONDS", type=float, help="end when nothing comes for so long"
    )


def _shared(parser: argparse.ArgumentParser) -> Any:
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="a folder, or s3://…")
    parser.add_argument("-r", "--recursive", action="store_true", help="folders inside, too")
    parser.add_argument(
        "--names", metavar="TEXT", dest="template", type=values.template, help=NAMES
    )
    parser.add_argument(
        "--conflict",
        choices=("rename", "skip", "replace", "fail"),
        default="rename",
        help=CONFLICT,
    )
    parser.add_argument(
        "--export", metavar="PRESET", action="append", default=[], dest="exports", help=EXPORT
    )
    parser.add_argument("--report", metavar="DIR", type=Path, help="lists and figures of all")
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    group = parser.add_argument_group("how the work is done")
    group.add_argument(
        "--jobs", metavar="N", type=values.count, help="workers; default: one for each core"
    )
    group.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="default: this machine"
    )
    group.add_argument("--address", metavar="HOST:PORT", help="of a Ray cluster")
    group.add_argument("--journal", metavar="FILE", help="default: in OUT")
    return group
