"""Presets as files: a person's own as JSON, single recipes, and those of other programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.looks.importing import ENDINGS, read_preset
from freckle.recipe.carrying import portable
from freckle.server.rooms.presets import LONGEST_NAME, MOST_PRESETS, NewPreset, OwnPreset
from freckle.studio.recipes import opened

MARK: Final = "freckle presets"
"""What the first key of a file of presets says."""


@dataclass(frozen=True, slots=True)
class Read:
    """Presets of a file, and what of it no setting here stands for, in words."""

    presets: Sequence[NewPreset]
    left: Sequence[str] = ()


def written(presets: Sequence[OwnPreset]) -> bytes:
    """Return the file of presets: UTF-8 JSON, the same presets always the same bytes."""
    plain = [
        {"name": each.name, "favourite": each.favourite, "recipe": each.recipe} for each in presets
    ]
    whole = {"file": MARK, "format": 1, "presets": plain}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def read(content: bytes, name: str) -> Read:
    """Return what a file called `name` holds. Raises `RecipeError`."""
    path = PurePath(name)
    ending = path.suffix.lower()
    title = _name(path.stem) or "Imported"
    if ending in ENDINGS:
        found = read_preset(content, ending)
        return Read(
            [NewPreset(name=title, recipe=_plain(found.recipe.model_dump(mode="json")))], found.left
        )
    whole = _json(content)
    if whole.get("file") != MARK:
        return Read([NewPreset(name=title, recipe=_plain(whole))])
    listed = whole.get("presets")
    if whole.get("format") != 1 or not isinstance(listed, list) or len(listed) > MOST_PRESETS:
        raise _none()
    return Read([_preset(each) for each in listed])


def kept(name: str, recipe: Mapping[str, Any], *, favourite: bool = False) -> NewPreset:
    """Return what is kept of a recipe: what fits any photo. Raises `RecipeError`."""
    return NewPreset(name=name, recipe=_plain(recipe), favourite=favourite)


def _preset(plain: object) -> NewPreset:
    if not isinstance(plain, dict) or not isinstance(plain.get("recipe"), dict):
        raise _none()
    name = _name(str(plain.get("name", ""))) or "Imported"
    return kept(name, plain["recipe"], favourite=plain.get("favourite") is True)


def _plain(recipe: Mapping[str, Any]) -> dict[str, Any]:
    return portable(opened(recipe), strokes=True).model_dump(mode="json")


def _name(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:LONGEST_NAME].strip()


def _json(content: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        raise _none() from None
    if not isinstance(whole, dict) or not {"file", "style", "steps"} & set(whole):
        raise _none()
    return whole


def _none() -> RecipeError:
    return RecipeError(
        "This file holds no presets.",
        "Choose a file that was exported here, a recipe, or a .cube or .xmp preset.",
    )
