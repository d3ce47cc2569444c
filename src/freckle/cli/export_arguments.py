"""What `freckle export` takes."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from freckle.cli import values
from freckle.cli.texts import SET
from freckle.errors import OutputError

if TYPE_CHECKING:
    from freckle.codec.credentials import Signing

FORMATS: Final = ("jpeg", "png", "tiff", "webp", "avif", "jxl", "heic", "pdf")


def export_arguments(parser: Any, setting: Any) -> None:
    """Add what `freckle export` takes; `setting` is the action that keeps a `--set`."""
    parser.add_argument("input", metavar="IN", type=Path, nargs="?", help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path)
    parser.add_argument(
        "--preset",
        metavar="NAME",
        action="append",
        default=[],
        dest="exports",
        help="see --list; default: original; repeatable",
    )
    parser.add_argument("--list", action="store_true", help="what presets there are")
    parser.add_argument("--recipe", metavar="FILE", type=Path, help="retouched so before")
    parser.add_argument(
        "--set", metavar="OP.PARAM=VALUE", action=setting, default=(), dest="settings", help=SET
    )
    parser.set_defaults(person=None)
    over_presets(parser.add_argument_group("in place of what a preset says"))
    parser.add_argument("--names", metavar="TEXT", type=values.names, default="{name}-{preset}")
    parser.add_argument(
        "--conflict",
        choices=("number", "replace", "refuse"),
        default="number",
        help="what to do where a file is there already; default: number",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="do not list the files")


def over_presets(group: Any) -> None:
    """Add what stands in place of what a preset says, to a parser or a group of its."""
    group.add_argument("--format", type=values.file_format, choices=FORMATS)
    group.add_argument("--quality", metavar="N", type=values.quality, help="1 to 100")
    group.add_argument(
        "--longest", metavar="N", type=values.side, help="pixels of the longer side at most"
    )
    group.add_argument(
        "--print", metavar="WxHcm@DPI", dest="paper", help="exact size on paper, as 30x40cm@300"
    )
    group.add_argument(
        "--bleed", metavar="MM", type=values.millimeters, help="of a PDF: more than is left, to cut"
    )
    group.add_argument("--marks", action="store_true", help="of a PDF: crop marks")
    group.add_argument("--space", choices=("keep", "srgb", "p3", "adobe"), help="color space")
    group.add_argument(
        "--intent",
        choices=("perceptual", "relative", "saturation", "absolute"),
        help="how colors beyond the space are treated; default: relative",
    )
    group.add_argument("--no-black-point", action="store_true", help="do not bring black to black")
    group.add_argument("--sharpen", choices=("none", "screen", "print"))
    group.add_argument(
        "--metadata",
        choices=("keep", "no-location", "none"),
        help="networks' presets leave the location out",
    )
    add_signing(group)


def add_signing(group: Any) -> None:
    """Add what files say of how they came about."""
    group.add_argument("--disclose", action="store_true", help=DISCLOSE)
    add_certificate(group, SIGN)


def add_certificate(group: Any, text: str) -> None:
    """Add what Content Credentials are signed with."""
    group.add_argument("--sign", metavar="CERT.pem", type=Path, help=text)
    group.add_argument(
        "--key", metavar="KEY.pem", type=Path, help="private key of that certificate"
    )


def signing_of(arguments: Any) -> "Signing | None":
    """Return whom to sign as; None without `--sign`. Raises `OutputError`."""
    chain, key = arguments.sign, arguments.key
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise OutputError("--sign and --key belong together.", "Give both.")
    # late: the codec loads arrays, and other commands start without them
    signing: Signing = import_module("freckle.codec.credentials").Signing.of(chain, key)
    return signing


DISCLOSE: Final = """say in the metadata in a plain line what was done, as in: skin retouched; shape
unchanged"""
SIGN: Final = """say in signed Content Credentials (C2PA) which tools worked; needs the extra
'signing'"""
