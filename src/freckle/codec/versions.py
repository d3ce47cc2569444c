"""Say which decoders are at work, for bug reports."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from PIL import features

PACKAGES: Final = ("simplejpeg", "pillow", "tifffile", "imagecodecs", "pillow-heif", "rawpy")
LIBRARIES: Final = {"libwebp": "webp", "libavif": "avif", "littlecms": "littlecms2"}


def versions() -> dict[str, str]:
    """Return name and version of every codec; 'not installed' for absent extras."""
    libraries = {name: str(features.version(key)) for name, key in LIBRARIES.items()}
    return {name: _version(name) for name in PACKAGES} | libraries


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
