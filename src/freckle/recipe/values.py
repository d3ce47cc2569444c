"""Read a value for a slider, switch, color, curve or choice, from text or from Python."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from numbers import Real
from reprlib import repr as short
from string import hexdigits
from typing import Any, Final

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.ops.op import Params

BASE64: Final = re.compile("([A-Za-z0-9+/]+={0,2})?")
WORDS: Final = {
    "on": True,
    "yes": True,
    "true": True,
    "off": False,
    "no": False,
    "false": False,
}


def value_of(params: type[Params], param: str, given: Any, name: str) -> Any:
    """Return a value of an op's parameter as the recipe stores it; numbers are not checked yet.

    `name` is what the setting is called in a refusal.
    Text is read as people write it ("on", "30", "#a34", "gloss"). Raises `RecipeError`.
    """
    schema = params.model_json_schema()["properties"][param]
    if schema.get("type") == "boolean":
        return switch(name, given)
    read = FORMATS.get(schema.get("format"))
    if read is not None:
        return read(name, given)
    if "enum" not in schema:
        return number(name, given)
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or given.lower() not in schema["enum"]:
        raise RecipeError(
            f"{name} cannot be {short(given)}.",
            near(str(given).lower(), schema["enum"], "It can be"),
        )
    return given.lower()


def switch(name: str, given: Any) -> bool:
    """Return whether a switch is on. Raises `RecipeError`."""
    given = _plain(given)
    if isinstance(given, bool):
        return given
    if not isinstance(given, str) or given.lower() not in WORDS:
        raise RecipeError(
            f"{name} is a switch and cannot be {short(given)}.", "Write on or off, True or False."
        )
    return WORDS[given.lower()]


def number(name: str, given: Any) -> float | str:
    """Return a number, or text that is none for the parameter's own check to refuse.

    Raises `RecipeError` for what is neither.
    """
    given = _plain(given)
    if isinstance(given, str):
        try:
            return float(given)
        except ValueError:
            return given
    if isinstance(given, bool) or not isinstance(given, Real):
        raise RecipeError(f"{name} is a number and cannot be {short(given)}.", "See `freckle ops`.")
    return float(given)


def wrong(name: str, given: Any, error: ValidationError) -> RecipeError:
    """Say in a sentence what a parameter's own check refused."""
    first = error.errors(include_url=False)[0]
    message = str(first["msg"]).removeprefix("Input should be ")
    shown = short(_plain(given))
    return RecipeError(f"{name} cannot be {shown}: it should be {message}.", "See `freckle ops`.")


def near(name: str, names: Iterable[str], title: str, *, also: Iterable[str] = ()) -> str:
    """Return a remedy: the names nearest to one that is wrong, or all; `also` may be meant."""
    listed = list(names)
    return guess(name, [*listed, *also]) or f"{title}: {', '.join(listed)}."


def guess(name: str, names: Iterable[str]) -> str | None:
    """Ask whether the names nearest to one that is wrong were meant; None if none is near."""
    close = get_close_matches(name, list(names), n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(close)}?" if close else None


def _color(name: str, given: Any) -> str:
    """Read #rrggbb, #rgb, and both without the #, which a shell may take for a comment."""
    digits = given.lower().removeprefix("#") if isinstance(given, str) else ""
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or any(digit not in hexdigits for digit in digits):
        raise RecipeError(
            f"{name} is a color and cannot be {short(given)}.", "Write it as #a03040."
        )
    return f"#{digits}"


def _picture(name: str, given: Any) -> str:
    """Read a picture file: its bytes, or base64 already."""
    if isinstance(given, bytes):
        return b64encode(given).decode("ascii")
    if not isinstance(given, str) or not BASE64.fullmatch(given):
        raise RecipeError(
            f"{name} is a picture file in base64 and cannot be {short(given)}.",
            "Use `freckle background --image FILE`, or give the file's bytes from Python.",
        )
    return given


def _table(name: str, given: Any) -> str:
    """Read a table of colors: the text that it is stored as."""
    if not isinstance(given, str) or (given and not BASE64.fullmatch(given)):
        raise RecipeError(
            f"{name} is a table of colors and cannot be {short(given)}.",
            "Let it be learnt: `freckle look --reference FILE`.",
        )
    return given


def _points(name: str, given: Any) -> list[list[float]]:
    """Read the points of a curve: pairs of numbers, or 0:0,0.5:0.6,1:1 as text."""
    try:
        pairs = [pair.split(":") for pair in given.split(",")] if isinstance(given, str) else given
        return [[float(number) for number in pair] for pair in pairs]
    except (TypeError, ValueError) as error:
        raise RecipeError(
            f"{name} is a curve and cannot be {short(given)}.",
            "Write its points as 0:0,0.5:0.6,1:1.",
        ) from error


def _plain(given: Any) -> Any:
    """Return a NumPy number as Python's own."""
    return given.item() if getattr(given, "ndim", None) == 0 else given


FORMATS: Final[Mapping[str | None, Callable[[str, Any], Any]]] = {
    "color": _color,
    "curve": _points,
    "ratio": lambda _, given: str(given).lower(),
    "picture": _picture,
    "table": _table,
}
"""How values are read that are text in a form of its own."""
