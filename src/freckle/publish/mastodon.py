"""Mastodon, and all that speak its API: media (v2) with a description, then a status.

https://docs.joinmastodon.org/methods/media/ and …/statuses/.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import uuid4

from freckle.generate.form import form
from freckle.publish.post import Limits, Post, Published, PublishError
from freckle.publish.secret import Secret
from freckle.publish.wire import PATIENCE, Wire, plain

Visibility = Literal["public", "unlisted", "private", "direct"]
LONGEST_S: Final = 120.0
"""Seconds that a server may take to look at a picture."""
GLANCE_S: Final = 1.0
USUAL: Final = Limits(bytes=16 << 20, pixels=33_177_600, text=500, alt=1500)
"""Where a server does not say."""


@dataclass(frozen=True, slots=True)
class Mastodon:
    """An account at a server; the token needs the scopes write:media and write:statuses."""

    server: str
    token: Secret
    visibility: Visibility = "public"
    patience: float = PATIENCE
    sleep: Callable[[float], None] = time.sleep

    @property
    def _wire(self) -> Wire:
        bearer = {"Authorization": f"Bearer {self.token.reveal()}"}
        return Wire(self.server, self.token, self.patience, bearer)

    def limits(self) -> Limits:
        """Ask the server."""
        wire = self._wire
        said = wire.get("/api/v2/instance").json(wire.name).get("configuration") or {}
        media, statuses = said.get("media_attachments") or {}, said.get("statuses") or {}
        return Limits(
            bytes=_number(media.get("image_size_limit"), USUAL.bytes),
            pixels=_number(media.get("image_matrix_limit"), USUAL.pixels),
            text=_number(statuses.get("max_characters"), USUAL.text),
            alt=_number(media.get("description_limit"), USUAL.alt),
        )

    def publish(self, post: Post) -> Published:
        """Send the picture with its alternative text, then the status that shows it."""
        wire = self._wire
        body, kind = form(
            {"description": post.alt}, "file", (plain(post.name), "image/jpeg", post.picture)
        )
        answer = wire.ask("POST", "/api/v2/media", body, {"Content-Type": kind})
        media = str(answer.json(wire.name).get("id") or "")
        if not media:
            raise PublishError(f"{wire.name} took no picture.", "Look at its log.")
        if answer.status == 202:  # it looks at the picture first
            self._wait(wire, media)
        status = {"status": post.text, "media_ids": [media], "visibility": self.visibility}
        once = {"Idempotency-Key": uuid4().hex}
        made = wire.send("/api/v1/statuses", status, **once).json(wire.name)
        return Published(str(made.get("url") or made.get("uri") or ""))

    def _wait(self, wire: Wire, media: str) -> None:
        for _ in range(round(LONGEST_S / GLANCE_S)):
            if wire.get(f"/api/v1/media/{media}").status == 200:
                return
            self.sleep(GLANCE_S)
        raise PublishError(
            f"{wire.name} was not done with the picture after {LONGEST_S:.0f} seconds.",
            "Try again later.",
            "post_silent",
        )


def _number(given: Any, usual: int) -> int:
    return given if isinstance(given, int) and given > 0 else usual
