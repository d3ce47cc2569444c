"""The arguments of commands that other programs talk to."""

import argparse
import os
from pathlib import Path
from typing import Final

from freckle.cli import values
from freckle.cli.account_arguments import account_arguments
from freckle.cli.export_arguments import add_certificate
from freckle.cli.matting_arguments import matting_argument
from freckle.cli.operation_arguments import proxy_arguments

EDIT: Final = """Open the editor on one photo for another program, and return when it is closed:
with exit code 0 when Done was pressed and the result is in OUT, with 1 when it was cancelled and
nothing was written. The result has the photo's own format, unless OUT's ending names another."""

MCP: Final = """Offer freckle's tools to programs that speak the Model Context Protocol, on standard
input and output: they can inspect, retouch, make looks, change backgrounds, export and report on
photos in the folders named. Originals are never changed, and no file is replaced."""


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle serve` takes."""
    parser.add_argument("--host", default="127.0.0.1", help="default: only this computer")
    parser.add_argument(
        "--public-url", metavar="URL", help="where browsers find it, behind a proxy for instance"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("FRECKLE_DATABASE"),
        help="postgresql://user:password@host/name; default: a file in the data folder",
    )
    account_arguments(parser)
    matting_argument(parser)
    proxy_arguments(parser)
    parser.add_argument(
        "--generator",
        metavar="FILE",
        type=Path,
        help="an image generator, as `freckle generate --save` keeps it; alone on this computer, "
        "the one that is kept is used",
    )
    parser.add_argument(
        "--channels",
        metavar="FILE",
        type=Path,
        help="accounts that the editor posts to, as `freckle publish --save` keeps them; alone on "
        "this computer, those that are kept are used",
    )
    add_certificate(parser, "let the editor's downloads be signed by this certificate (C2PA)")
    parser.add_argument("--sample", action="store_true", help="open it on a sample portrait")
    parser.add_argument("--data", metavar="FOLDER", type=Path, help="where projects are kept")
    _page(parser)


def edit_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle edit` takes."""
    parser.add_argument("input", metavar="IN", type=Path, help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        type=Path,
        help="keep the project here; default: nothing is kept",
    )
    _page(parser)


def mcp_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle mcp` takes."""
    parser.add_argument(
        "--folder",
        metavar="FOLDER",
        type=Path,
        action="append",
        required=True,
        dest="folders",
        help="photos in it, however deep, may be read; repeatable",
    )
    parser.add_argument(
        "--out",
        metavar="FOLDER",
        type=Path,
        required=True,
        help="results go here, and nowhere else",
    )


def _page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=values.port, default=0, help="default: a free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
