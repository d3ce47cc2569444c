"""What `freckle export` takes in place of what a preset says."""

from typing import Any, Final

from freckle.cli import values

FORMATS: Final = ("jpeg", "png", "tiff", "webp", "avif", "jxl", "heic", "pdf")


def over_presets(group: Any) -> None:
    """Add the arguments to a parser or a group of its."""
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
