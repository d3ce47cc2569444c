"""Read what an argument may be; argparse says what was refused."""

import argparse
import os


def number(text: str, low: int, high: int, what: str) -> int:
    """Read a whole number within limits."""
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"{text!r} is no {what} from {low} to {high}")
    return value


def file_format(text: str) -> str:
    """Read the name of a file format."""
    name = text.lower()
    return {"jpg": "jpeg", "tif": "tiff"}.get(name, name)


def quality(text: str) -> int:
    """Read a quality, 1 to 100."""
    return number(text, 1, 100, "quality")


def count(text: str) -> int:
    """Read a number of threads."""
    return number(text, 1, 256, "number of threads")


def port(text: str) -> int:
    """Read a port."""
    return number(text, 0, 65535, "port")


def ink(text: str) -> float:
    """Read a limit of ink in percent."""
    return float(number(text, 150, 400, "percentage of ink"))


def sheet_dpi(text: str) -> float:
    """Read pixels of an inch."""
    return float(number(text, 36, 1200, "number of pixels an inch"))


def step(text: str) -> int:
    """Read the number of a step."""
    return number(text, 1, 400, "number of a step")


def side(text: str) -> int:
    """Read a number of pixels."""
    return number(text, 1, 40_000, "number of pixels")


def dpi(text: str) -> int:
    """Read pixels an inch."""
    return number(text, 150, 2400, "number of pixels an inch")


def millimeters(text: str) -> float:
    """Read a length on paper."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 50:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of millimeters from 0 to 50")
    return value


def patience(text: str) -> int:
    """Read seconds that one waits."""
    return number(text, 1, 3600, "number of seconds")


def names(text: str) -> str:
    """Take a template for names of files, and nothing that leads elsewhere."""
    try:
        example = text.format(name="n", preset="p")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} may name {{name}} and {{preset}}") from error
    if not example or "/" in example or os.sep in example or example.startswith("."):
        raise argparse.ArgumentTypeError(f"{text!r} is no name of a file")
    return text


def template(text: str) -> str:
    """Take a template for names of files of a set; what it may hold is checked later."""
    if not text.strip():
        raise argparse.ArgumentTypeError("names cannot be empty")
    return text
