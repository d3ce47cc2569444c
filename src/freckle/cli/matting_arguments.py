"""The option that names a matting network of the user's own."""

import argparse
from pathlib import Path
from typing import Final

HELP: Final = "an ONNX portrait-matting network of your own cuts people out: docs/matting.md"


def matting_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option to a command."""
    parser.add_argument("--matting-model", metavar="FILE", type=Path, help=HELP)
