"""What commands that are ended work on, and who stands in for others: workers, servers, people."""

import hashlib
import os
import shutil
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np
from PIL import Image

from freckle.generate.choosing import RemoteChoice
from freckle.jobs import failures
from freckle.jobs.job import Job, Listener, Ticket
from freckle.jobs.kinds import done, kinds_at
from freckle.jobs.places import Kind

RECIPE: Final = '{"steps":[{"edit":{"op":"smooth","version":1,"amount":30}}]}'


def prepared(folder: Path, *, served: bool) -> dict[str, Path]:
    """Make what commands read: a small portrait, recipes, tables, perhaps a server's data."""
    from skimage.data import astronaut  # noqa: PLC0415 - 0.3 s

    names = {"in": "in.jpg", "after": "after.jpg", "recipe": "r.json", "preset": "p.cube"}
    names |= {"gray": "gray.png", "guide": "guide.json", "secret": "secret"}
    given = {key: folder / name for key, name in names.items()}
    picture = astronaut()[:360, 60:380]
    Image.fromarray(picture).save(given["in"], quality=92)
    Image.fromarray(255 - (255 - picture) // 4 * 3).save(given["after"], quality=92)
    Image.fromarray(picture[:64, :64, 0]).save(given["gray"])
    corners = [f"{r} {g} {b}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    given["preset"].write_text("LUT_3D_SIZE 2\n" + "\n".join(corners) + "\n", "utf-8")
    given["recipe"].write_text(RECIPE, "utf-8")
    given["guide"].write_text('{"format": 1, "name": "Guide"}', "utf-8")
    given["secret"].write_text("secret\n", "utf-8")
    given["secret"].chmod(0o600)
    given["shoot"] = folder / "shoot"
    given["shoot"].mkdir()
    shutil.copy(given["in"], given["shoot"])
    if served:
        from freckle.server.safekeeping.backup import backup  # noqa: PLC0415

        given |= {"data": folder / "data", "backup": folder / "kept.tar"}
        _serve(given["data"], given["in"])
        backup(given["data"], given["backup"])
    return given


def _serve(data: Path, picture: Path) -> None:
    """Make what a server keeps: one photo, and a project of it."""
    from freckle.server.settings import Settings  # noqa: PLC0415
    from freckle.server.store import LOCAL, Store, StoredPhoto  # noqa: PLC0415 - a second

    content = picture.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    kept = data / "originals" / digest[:2] / digest
    kept.parent.mkdir(parents=True)
    kept.write_bytes(content)
    photo = StoredPhoto(
        digest=digest,
        name="in.jpg",
        format="jpeg",
        width=320,
        height=360,
        bytes=len(content),
        warnings=(),
    )
    store = Store(Settings(folder=data).database_url)
    store.add_photo(LOCAL, photo)
    store.create_project(LOCAL, digest, "A project", {"steps": []})
    store.close()


class Here:
    """An engine that works in this very process, so that its writing can be ended, too."""

    reaches: frozenset[Kind] = frozenset({"file"})
    capacity = 1

    def __init__(self, _name: str, kinds: str, **_: Any) -> None:
        """Take the table of kinds (`module:name`)."""
        self._kinds = kinds_at(kinds)

    def submit(self, job: Job, listener: Listener | None = None) -> Ticket:
        """Do the job at once."""
        ticket = Ticket(job, listener)
        ticket.began(lambda: None)
        answer = done(self._kinds, job, self)
        failed = answer.head.get("failed")
        ticket.settle(answer if failed is None else failures.from_plain(failed))
        return ticket

    def close(self) -> None:
        """Nothing was started."""

    def progress(self, share: float) -> None:
        """Nobody listens."""

    def size(self, megapixels: float) -> None:
        """Nobody waits."""


class Painter:
    """A generator of gray pictures."""

    def make(self, *_: Any) -> list[Any]:
        """Return one."""
        return [np.full((64, 48, 3), 128, np.uint8)]


class Tools:
    """What `freckle mcp` offers, without the protocol: one photo is retouched."""

    def __init__(self, places: Any) -> None:
        """Take the places."""
        from freckle.mcp.desk import Desk  # noqa: PLC0415

        self._desk = Desk(places)

    def run(self, _way: str) -> None:
        """Have a photo retouched."""
        self._desk.retouch("in.jpg", "natural", {}, "out.jpg")


def pressed(address: str) -> None:
    """Press Done in the editor as soon as it is open."""
    import httpx  # noqa: PLC0415 - only for one command

    place = urllib.parse.urlsplit(address)
    token = urllib.parse.parse_qs(place.query)["token"][0]
    with suppress(httpx.HTTPError):
        httpx.post(
            f"http://{place.netloc}/api/handover",
            json={"do": "done"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=600,  # a busy machine takes its time
        )


def _edited(settings: Any, *, open_browser: bool, announce: Callable[[str], None]) -> Any:
    from freckle.server.serve import edit  # noqa: PLC0415

    def told(address: str) -> None:
        threading.Thread(target=pressed, args=(address,), daemon=True).start()

    del open_browser, announce
    return edit(settings, open_browser=False, announce=told)


@contextmanager
def acting(name: str, to: Path) -> Iterator[None]:
    """Have others stand in while a command runs that writes to a folder."""
    kept = {"FRECKLE_GENERATOR": str(to / "generator.json"), "XDG_CONFIG_HOME": str(to)}
    with (
        patch.dict(os.environ, {**kept, "FRECKLE_MASTODON_TOKEN": "secret"}),
        patch("freckle.cli.batch.engine", Here),
        patch("freckle.cli.headshots.engine", Here),
        patch.object(RemoteChoice, "made", lambda _: Painter()),
        ExitStack() as stack,
    ):
        if name == "mcp":
            stack.enter_context(patch("freckle.mcp.server.make_server", Tools))
        if name == "edit":
            stack.enter_context(patch("freckle.cli.edit.edit", _edited))
        yield


def begin(name: str, given: dict[str, Path], to: Path) -> None:
    """Put into a folder what a command changes there."""
    if name == "quota":
        shutil.copytree(given["data"], to / "data")
