"""The arguments of `freckle upscale`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from freckle.cli import values
from freckle.cli.export_arguments import add_signing


def upscale_arguments(parser: Any, file_arguments: Callable[[Any], None]) -> None:
    """Add what `freckle upscale` understands."""
    parser.add_argument("input", metavar="IN", type=Path, help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    parser.set_defaults(report=None, compare=None, heatmap=None)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--factor", choices=("2", "4"), help="times as wide and tall; default: 2")
    sizes.add_argument("--size", metavar="WxH", help="pixels to fit into, as 3000x2000")
    sizes.add_argument(
        "--print", metavar="WxHcm@DPI", dest="paper", help="paper to fit into, as 30x40cm@300"
    )
    parser.add_argument(
        "--texture", metavar="N", help="how much of the network's texture is kept: 0 to 100"
    )
    add_signing(parser)
    file_arguments(parser)
    parser.add_argument("--threads", metavar="N", type=values.count, help="same bytes whatever N")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary, no progress bar")
