"""A table of people or texts: one poster a row."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.poster.design import Content, Pair
from freckle.recipe.values import near

PORTRAIT: Final = "portrait"
FIELDS: Final = tuple(Content.model_fields)
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it sets, and its number (the header is line 1)."""

    number: int
    values: Mapping[str, str]

    @property
    def portrait(self) -> str | None:
        """The file named in the row, if any."""
        return self.values.get(PORTRAIT) or None

    def over(self, content: Content) -> Content:
        """Return what a poster says with the row's words in place. Raises `RecipeError`."""
        return with_words(content, {k: v for k, v in self.values.items() if k != PORTRAIT and v})


def rows(text: str) -> list[Row]:
    """Read a table with a header of field names, and `portrait` for files.

    Raises `RecipeError` for a table that cannot be meant.
    """
    delimiter = (
        ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    )
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
    if not lines:
        raise RecipeError("The table is empty.", "Begin with a line of column names.")
    names = [name.strip().lower() for name in lines[0]]
    for name in names:
        if name not in (*FIELDS, PORTRAIT):
            raise RecipeError(
                f"There is no column {name!r}.", near(name, (*FIELDS, PORTRAIT), "Columns")
            )
    found = [
        Row(number, dict(zip(names, (cell.strip() for cell in line), strict=False)))
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]
    if not 0 < len(found) <= MOST_ROWS:
        raise RecipeError(
            f"The table has {len(found)} rows.", f"Give one line a poster, at most {MOST_ROWS}."
        )
    return found


def with_words(content: Content, words: Mapping[str, str]) -> Content:
    """Return what a poster says with some fields set. Raises `RecipeError`.

    `items` are lines of a list: `text | other end | smaller line; text | …`.
    """
    plain = content.model_dump()
    for name, value in words.items():
        if name not in FIELDS:
            raise RecipeError(f"There is no text {name!r}.", near(name, FIELDS, "Texts"))
        plain[name] = pairs(value) if name == "items" else value.replace("\\n", "\n")
    try:
        return Content.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        raise RecipeError(
            f"The text {first['loc'][0]!r} cannot be set: {first['msg']}.", "Shorten or change it."
        ) from error


def pairs(text: str) -> list[Pair]:
    """Read a list's lines."""
    found = []
    for line in text.split(";"):
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            found.append(Pair(**dict(zip(("text", "beside", "more"), parts, strict=False))))
    return found
