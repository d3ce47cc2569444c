"""What a worker can be asked to do with posters of an opened photo."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from freckle.codec import load_bytes
from freckle.errors import RecipeError
from freckle.jobs.protocol import Message
from freckle.poster.brought import KEPT as KEPT_NAME
from freckle.poster.brought import brought
from freckle.poster.described import described
from freckle.poster.design import Poster
from freckle.poster.laid import Laid
from freckle.poster.layers import Image
from freckle.poster.legibility import least, legibility
from freckle.poster.making import boards, lay
from freckle.poster.output import Output, content_of
from freckle.poster.pdf import Print
from freckle.poster.raster import drawn
from freckle.poster.room import Room
from freckle.poster.sizes import size
from freckle.poster.subject import Subject
from freckle.poster.typefaces import FAMILIES
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.server.exports import keep
from freckle.studio.screen import jpeg
from freckle.studio.studio import Studio

Head = Mapping[str, Any]
GivenUp = Callable[[], bool]
KEPT: Final = "poster"
THUMB_QUALITY: Final = 85


def poster_preview(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw a sheet with its longer side at `longer` pixels: PNG, or JPEG where it is `quick`.

    `without` some layers, or `only` some on nothing.
    """
    laid = _laid(studio, head)
    page = laid.board.page
    layers = {"without": head.get("without", ()), "only": head.get("only", ())}
    made = drawn(laid, head["longer"] / max(page.w, page.h), **layers)
    if head.get("quick"):
        made = jpeg(np.asarray(load_bytes(made).pixels, np.uint8), THUMB_QUALITY)
    return Message({}, made)


def poster_layout(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Say where everything lies."""
    laid = _laid(studio, head)
    page, report = laid.board.page, legibility(laid)
    plain = report.to_plain()
    layers = [{**asdict(each), "room": _plain(each.room)} for each in described(laid)]
    lines = [
        {**line, "room": _plain(item.room)}
        for line, item in zip(plain["lines"], laid.type, strict=True)
    ]
    layout = {
        "width": page.w,
        "height": page.h,
        "unit": report.unit,
        "layers": layers,
        "safe": _plain(laid.board.safe_room),
        "bleed": laid.board.bleed * laid.board.point,
        "point": laid.board.point,
        "contrast": plain["contrast"],
        "smallest": plain["smallest"],
        "least": round(least(laid.board), 2),
        "lines": lines,
    }
    return Message({"layout": layout})


def poster_file(_studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Look into a file that somebody brings; looked into here, inside the worker's limits."""
    found = brought(base64.b64decode(head["file"]))
    fields = ("name", "kind", "family", "embedding", "licence")
    return Message({"file": {field: getattr(found, field) for field in fields}}, found.content)


def poster_export(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw a sheet into a file beside `target`."""
    laid = _laid(studio, head)
    suffix = {"jpeg": "jpg"}.get(head["format"], head["format"])
    target = Path(head["target"])
    how = Output(Print(marks=head["marks"]), dpi=head["dpi"])
    data = content_of(laid, Path(f"{target}.{suffix}"), how)
    return Message({"written": str(keep(target, f".{suffix}", data))})


def _laid(studio: Studio, head: Head) -> Laid:
    """Lay a sheet out; the last one is kept, since a preview and its layout are asked together."""
    poster = Poster.read(head["poster"])
    _check(poster)
    board = size(head["size"]) if head["size"] else boards(poster)[0]
    recipe = Recipe.from_plain(head["recipe"])
    folder = Path(head["files"])
    key = recipe.model_dump_json(), poster.model_dump_json(), board.model_dump_json()
    kept = studio.kept.get(KEPT)
    if kept is None or kept[0] != key:
        subject = kept[1] if kept is not None and kept[0][0] == key[0] else None
        subject = subject or _subject(studio, recipe)
        kept = studio.kept[KEPT] = (key, subject, lay(poster, [subject], board, folder))
    found: Laid = kept[2]
    return found


def _subject(studio: Studio, recipe: Recipe) -> Subject:
    done = delivered(studio.rendering(recipe).photo, recipe)
    return Subject.made(studio.photo, studio.portrait, recipe, done)


def _check(poster: Poster) -> None:
    """Refuse what would read files of the server but those that were brought.

    Raises `RecipeError`.
    """
    brand, changes = poster.brand, poster.changes.values()
    fonts = [brand.display, brand.text, *(each.font for each in changes)]
    pictures = [brand.logo, *(each.file for each in poster.layers if isinstance(each, Image))]
    named = {name for name in (*fonts, *pictures) if name} - set(FAMILIES)
    if not all(map(KEPT_NAME.fullmatch, named)):
        raise RecipeError(
            "This poster names files that the server does not have.",
            "Bring typefaces, logos and pictures on the poster's page.",
        )


def _plain(room: Room) -> dict[str, float]:
    return {name: round(getattr(room, name), 2) for name in ("x", "y", "w", "h")}
