"""A laid-out sheet as the typesetter's JSON, its pictures drawn for a scale and put beside it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from freckle.codec import SaveOptions, encode
from freckle.codec.channels import as_pixels
from freckle.errors import RecipeError
from freckle.photo import Photo as Picture
from freckle.photo import Source
from freckle.poster.columns import Ink, plain_column
from freckle.poster.laid import Laid, room_of
from freckle.poster.layers import Code, Column, Image, Layer, Photo, Shape
from freckle.poster.logo import Bitmap, in_pixels, logo
from freckle.poster.palette import RGB
from freckle.poster.plate import Recolor, faded, kept_plate, veil
from freckle.poster.room import Room
from freckle.poster.subject import Bytes
from freckle.poster.typeset import Typesetter
from freckle.poster.vectors import Vector

QUIET: Final = 3
"""Modules of light ground around a code."""
MOST_PLATE: Final = 60_000_000
"""Pixels of a picture on a sheet."""


def on_screen(color: RGB) -> list[float]:
    """Return a color as the typesetter's RGB."""
    return [float(value) for value in color]


@dataclass(frozen=True, slots=True)
class Make:
    """How a sheet is drawn."""

    scale: float
    """Pixels of pictures to a point."""
    ink: Ink = on_screen
    bleed: bool = False
    margin: float = 0
    """Points beyond the bleed, for crop marks."""
    lossy: bool = False
    """Whether opaque pictures are JPEGs, as in a PDF."""
    exact: bool = True
    """Whether pictures have just the pixels of the scale, else at most their own."""
    without: frozenset[str] = frozenset()
    """Layers that are left out."""
    clear: bool = False
    """Whether the sheet has no paper: what is left in is seen alone."""
    registration: tuple[float, ...] = (0, 0, 0)


def plain_sheet(laid: Laid, setter: Typesetter, make: Make) -> dict[str, Any]:
    """Return the sheet as plain data; its pictures lie in the typesetter's folder."""
    page, point = laid.board.page, laid.board.point
    layers = []
    for number, layer in enumerate(laid.layers):
        if layer.id not in make.without:
            layers += _drawn(laid, layer, setter, make, number)
    return {
        "width": page.w,
        "height": page.h,
        "bleed": laid.board.bleed * point if make.bleed else 0.0,
        "margin": make.margin,
        "paper": None if make.clear else list(make.ink(laid.colors.paper)),
        "blank": [0, 0, 0, 0] if len(make.registration) == 4 else [255, 255, 255],
        "registration": list(make.registration),
        "layers": layers,
    }


def _drawn(
    laid: Laid, layer: Layer, setter: Typesetter, make: Make, number: int
) -> list[dict[str, Any]]:
    room = room_of(layer.place, laid.board)
    if isinstance(layer, Photo):
        return [_photo(laid, layer, room, setter, make, number)]
    if isinstance(layer, Shape):
        return [_shape(laid, layer, room, make)]
    if isinstance(layer, Code):
        return _code(laid, layer, room, make)
    if isinstance(layer, Image):
        return [_image(laid, layer, room, setter, make, number)]
    return [_column(laid, layer, room, make)]


def _column(laid: Laid, layer: Column, room: Room, make: Make) -> dict[str, Any]:
    inks = _ink(make, layer.opacity), laid.colors.of
    return plain_column(layer, room, laid.fonts, laid.lang, laid.paints, inks)


def _ink(make: Make, opacity: float) -> Ink:
    """Return how colors are painted: the typesetter's inks have no alpha, `pdf.py` sees to it."""
    return make.ink if opacity >= 1 else on_screen


def _photo(
    laid: Laid, layer: Photo, room: Room, setter: Typesetter, make: Make, number: int
) -> dict[str, Any]:
    subject = laid.subjects[layer.portrait % len(laid.subjects)]
    crop = laid.framings[layer.id].crop
    size = pixels_of(room, make, crop)
    recolor = _recolor(laid, layer)
    pixels = kept_plate(subject, crop, size, cutout=layer.cutout, recolor=recolor)
    pixels = faded(veil(pixels, room, laid.veils.get(layer.id, ())), layer.opacity)
    lossy = make.lossy and pixels.shape[2] == 3
    file = _put(setter, str(number), pixels, lossy=lossy)
    circle = min(room.w, room.h) / 2
    radius = {"circle": circle, "rounded": 0.06 * min(room.w, room.h)}.get(layer.mask, 0.0)
    return _at("picture", room, **file, radius=radius, arch=layer.mask == "arch")


def pixels_of(room: Room, make: Make, crop: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return width and height in pixels of a picture that fills a room."""
    scale = make.scale
    if not make.exact:
        scale = min(scale, max(crop[2] - crop[0], crop[3] - crop[1]) / max(room.w, room.h) * 1.6)
    most = (MOST_PLATE / (room.w * room.h)) ** 0.5
    scale = min(scale, most)
    return max(1, round(room.w * scale)), max(1, round(room.h * scale))


def _recolor(laid: Laid, layer: Photo) -> Recolor | None:
    subject = laid.subjects[layer.portrait % len(laid.subjects)]
    match layer.tint:
        case "mono":
            return Recolor.of(subject, (12, 12, 12), (250, 250, 250))
        case "duotone":
            return Recolor.of(subject, laid.colors.ink, laid.colors.paper)
        case _:
            return None


def _put(setter: Typesetter, name: str, pixels: Bytes, *, lossy: bool) -> dict[str, Any]:
    """Lay RGB or RGBA pixels beside the sheet, as they are, or as a JPEG of high quality."""
    if lossy:
        picture = Picture(as_pixels(pixels), Source(format="png", digest=""))
        how = SaveOptions(format="jpeg", quality=93, subsampling="444")
        return {"file": setter.put(f"{name}.jpg", encode(picture, how)), "raw": None}
    height, width, depth = pixels.shape
    raw = {"encoding": "rgba8" if depth == 4 else "rgb8", "width": width, "height": height}
    return {"file": setter.put(f"{name}.raw", np.ascontiguousarray(pixels).tobytes()), "raw": raw}


def _shape(laid: Laid, layer: Shape, room: Room, make: Make) -> dict[str, Any]:
    def paint(name: str | None) -> list[float] | None:
        return None if name is None else list(_ink(make, layer.opacity)(laid.colors.of(name)))

    return _at(
        "shape",
        room,
        form=layer.form,
        points=[list(point) for point in layer.points],
        fill=paint(layer.fill),
        stroke=paint(layer.stroke),
        thick=layer.thick,
        radius=layer.radius,
        arch=layer.arch,
        alpha=layer.opacity,
    )


def _code(laid: Laid, layer: Code, room: Room, make: Make) -> list[dict[str, Any]]:
    import segno  # noqa: PLC0415 - only sheets with a code need it

    try:
        matrix = segno.make_qr(layer.text, error="m").matrix
    except segno.DataOverflowError as error:
        raise RecipeError(
            f"The link is too long for a code ({len(layer.text)} letters).", "Use a shorter one."
        ) from error
    count, ink = len(matrix), _ink(make, layer.opacity)
    side = min(room.w, room.h)
    unit = side / (count + 2 * QUIET)
    inner = Room(room.x + QUIET * unit, room.y + QUIET * unit, count * unit, count * unit)
    ground: dict[str, Any] = {
        "form": "rect",
        "points": [],
        "stroke": None,
        "thick": 0,
        "arch": False,
        "alpha": layer.opacity,
    }
    return [
        _at(
            "shape",
            Room(room.x, room.y, side, side),
            **{
                **ground,
                "radius": 1.4 * unit,
                "fill": list(ink(laid.colors.of(layer.ground))),
            },
        ),
        _at(
            "code",
            inner,
            count=count,
            runs=list(_runs(matrix)),
            fill=list(ink(laid.colors.of(layer.ink))),
            alpha=layer.opacity,
        ),
    ]


def _runs(matrix: Any) -> list[tuple[int, int, int]]:
    """Return the dark runs of a code: row, first column, column after the last."""
    found = []
    for row, line in enumerate(matrix):
        start = None
        for place, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                found.append((row, start, place))
                start = None
    return found


def _image(
    laid: Laid, layer: Image, room: Room, setter: Typesetter, make: Make, number: int
) -> dict[str, Any]:
    picture = logo(laid.folder / layer.file)
    scale = min(room.w / picture.width, room.h / picture.height)
    w, h = picture.width * scale, picture.height * scale
    free = {"left": 0.0, "center": 0.5, "right": 1.0}[layer.side] * (room.w - w)
    place = Room(room.x + free, room.y + (room.h - h) / 2, w, h)
    if isinstance(picture, Vector) and make.ink is on_screen and layer.opacity >= 1:
        file = {"file": setter.put(f"{number}.svg", picture.content), "raw": None}
    else:  # the typesetter has drawings neither in ink nor translucent
        pixels = _pixels(picture, max(w, h) * make.scale)
        file = _put(setter, str(number), faded(pixels, layer.opacity), lossy=False)
    return _at("picture", place, **file, radius=0, arch=False)


def _pixels(picture: Bitmap | Vector, longer: float) -> Bytes:
    return in_pixels(picture, longer) if isinstance(picture, Vector) else picture.pixels


def _at(kind: str, room: Room, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "x": room.x, "y": room.y, "w": room.w, "h": room.h, **more}
