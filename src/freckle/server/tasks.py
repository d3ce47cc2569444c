"""What a worker can be asked to do with an opened photo."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from freckle.server.protocol import Message
from freckle.studio.pyramid import View
from freckle.studio.screen import FINE, jpeg
from freckle.studio.studio import Studio

Head = Mapping[str, Any]
GivenUp = Callable[[], bool]
THUMB_QUALITY: Final = 85


def facts(studio: Studio, _head: Head, _given_up: GivenUp) -> Message:
    """Say what the file is."""
    return Message(studio.facts())


def preview(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Draw a view as JPEG, with the times it took in ms."""
    started = time.perf_counter()
    drawing = studio.original(View(**head["view"]))
    drawn = time.perf_counter()
    quality = head["quality"]
    body = jpeg(drawing.screen, quality, sharp=drawing.full_size and quality >= FINE)
    encoded = time.perf_counter()
    height, width = drawing.screen.shape[:2]
    return Message(
        {
            "region": drawing.region,
            "width": width,
            "height": height,
            "fixed_ms": 0.0,
            "drawing_ms": (drawn - started) * 1000,
            "encode_ms": (encoded - drawn) * 1000,
        },
        body,
    )


def thumb(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Draw the whole photo with its longer side at `size`."""
    width, height, size = studio.photo.width, studio.photo.height, head["size"]
    scale = min(1.0, size / max(width, height))
    view = View(0, 0, width, height, max(1, round(width * scale)), max(1, round(height * scale)))
    return Message({}, jpeg(studio.original(view).screen, THUMB_QUALITY))


TASKS: Final[dict[str, Callable[[Studio, Head, GivenUp], Message]]] = {
    "facts": facts,
    "preview": preview,
    "thumb": thumb,
}
