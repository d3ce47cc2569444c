"""A workspace that shows pictures, and its guests."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from PIL import Image

from freckle.server.users import User
from tests.server.serving import Running, make_jpeg, visitor

LIGHTER: dict[str, Any] = {"steps": [{"edit": {"op": "adjust", "version": 1, "exposure": 40}}]}


@dataclass
class Studio:
    """A workspace with two projects and an editor, who is signed in."""

    running: Running
    owner: User
    client: httpx.Client
    projects: list[str]

    def make(self, **said: Any) -> dict[str, Any]:
        body = {"projects": self.projects, "guest": "Gina", **said}
        answer = self.client.post("/api/shares", json=body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def guest(self) -> httpx.Client:
        return visitor(self.running.url)

    @contextmanager
    def inside(self, made: dict[str, Any]) -> Iterator[httpx.Client]:
        """A browser that has opened a link."""
        with self.guest() as client:
            opened = client.post("/api/shared", json={"secret": made["secret"]})
            assert opened.json() == {"share": made["id"]}
            yield client


def tagged(seed: int) -> bytes:
    """A JPEG with a place and a name in its metadata."""
    picture = Image.open(io.BytesIO(make_jpeg(seed, 640, 480)))
    exif = Image.Exif()
    exif[0x013B] = "Anna Author"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def addresses(made: dict[str, Any]) -> list[str]:
    """Everything that a guest can ask for without saying anything."""
    start = f"/api/shared/{made['id']}"
    pictures = [
        f"{start}/pictures/{place}/{side}" for place in (0, 1) for side in ("after", "before")
    ]
    return [start, *pictures, f"{start}/reports/0", f"{start}/receipt"]
