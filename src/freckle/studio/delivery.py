"""The files that become of an opened photo: one as asked for, or one for every preset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from freckle.codec import SaveOptions, encode
from freckle.codec.cms import Space
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.codec.saving import own_format
from freckle.framing import Size
from freckle.photo import Photo
from freckle.recipe.exports import Sharpening, export
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.render.export import dressed, exported, heads_in, options_of
from freckle.render.export import sized as at_size
from freckle.render.finish import check_holds
from freckle.studio.reduced import reduced
from freckle.studio.studio import Studio

PLAIN: Final = export("original")
Asked = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """How one file is wanted; left out, it is as the original."""

    saving: SaveOptions = field(default_factory=SaveOptions)
    size: Asked = (None, None)
    """Width and height to fit into; None: any."""
    enlarge: bool = False
    """Whether the picture may get larger."""
    dpi: float | None = None
    space: Space = "keep"
    sharpen: Sharpening = "none"


def one(studio: Studio, recipe: Recipe, wish: Wish) -> tuple[str, bytes]:
    """Return the ending (with the dot) and the bytes of a file.

    Raises `OutputError` for a size, or a format that cannot hold the picture.
    """
    check_holds(recipe, wish.saving.format or own_format(studio.photo))
    photo = delivered(studio.rendering(recipe).photo, recipe)
    before = photo.width
    photo = _fitted(photo, wish.size) if wish.enlarge else reduced(photo, wish.size)
    looks = replace(PLAIN, space=wish.space, sharpen=wish.sharpen, dpi=wish.dpi)
    data = encode(dressed(photo, looks, before=before), wish.saving)
    return _ending(wish.saving, studio.photo), data


def several(studio: Studio, recipe: Recipe, presets: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield for every export preset its name with the ending, and the file's bytes."""
    rendering = studio.rendering(recipe)
    photo = delivered(rendering.photo, recipe)
    heads = heads_in(rendering, studio.portrait, photo.width)
    for wanted in [export(name) for name in presets]:
        made = exported(photo, wanted, heads)
        saving = options_of(made, wanted)
        yield f"{wanted.name}{_ending(saving, made)}", encode(made, saving)


def _fitted(photo: Photo, asked: Asked) -> Photo:
    """Return a photo as large as fits into width × height."""
    width, height = (side or 1 << 30 for side in asked)
    scale = min(width / photo.width, height / photo.height)
    if not any(asked):
        return photo
    size: Size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    return at_size(photo, size)


def _ending(saving: SaveOptions, photo: Photo) -> str:
    return FORMATS[saving.format or own_format(photo)].endings[0]
