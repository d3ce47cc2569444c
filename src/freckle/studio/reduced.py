"""A photo made smaller for export."""

from dataclasses import replace

from freckle.errors import OutputError
from freckle.photo import Photo
from freckle.render.gain import sized_gain
from freckle.render.pyramid import resize


def reduced(photo: Photo, size: tuple[int | None, int | None]) -> Photo:
    """Reduce a photo so that it fits into width × height (None: any). Raises `OutputError`."""
    width, height = size[0] or photo.width, size[1] or photo.height
    if width > photo.width or height > photo.height:
        raise OutputError(
            f"{width} × {height} is larger than the photo.",
            f"Choose at most {photo.width} × {photo.height}.",
        )
    scale = min(width / photo.width, height / photo.height)
    fitting = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    if fitting == (photo.width, photo.height):
        return photo
    alpha = None if photo.alpha is None else resize(photo.alpha, fitting)
    gain = sized_gain(photo.gain, fitting)
    return replace(photo, pixels=resize(photo.pixels, fitting), alpha=alpha, gain=gain)
