"""What a worker does for a download: the file, or an archive of several, written to the disk."""

import hashlib
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from freckle.codec import SaveOptions
from freckle.codec.credentials import Signing
from freckle.jobs.protocol import Message
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import Told
from freckle.render.painting import Stopped
from freckle.report.telling import Origin
from freckle.server.exports import keep, progress_of, sealed
from freckle.studio.delivery import Place, Telling, Wish, look, one, several
from freckle.studio.screen import png
from freckle.studio.studio import Studio

Files = Iterator[tuple[str, bytes]]


def export(studio: Studio, head: Mapping[str, Any], given_up: Callable[[], bool]) -> Message:
    """Render at full size into a file beside `target`, whose ending the format decides.

    Meanwhile `progress` beside it says how far it is. Raises `Stopped` when it is given up.
    """
    progress = progress_of(Path(head["target"]))

    def told(share: float) -> None:
        if given_up():
            raise Stopped
        progress.write_text(f"{share:.3f}", encoding="ascii")

    try:
        return _exported(studio, head, told)
    finally:
        progress.unlink(missing_ok=True)


def look_at(studio: Studio, head: Mapping[str, Any], _given_up: Callable[[], bool]) -> Message:
    """Draw a part of the enlarged picture as PNG."""
    place = Place(head["x"], head["y"], head["side"])
    return Message({}, png(look(studio, _recipe(head["recipe"]), place, plain=head["plain"])))


def _recipe(given: Any) -> Recipe:
    return given if isinstance(given, Recipe) else Recipe.from_plain(given)


def _exported(studio: Studio, head: Mapping[str, Any], told: Told) -> Message:
    recipe, options = _recipe(head["recipe"]), head["options"]
    stem, telling = options["name"] or "portrait", _telling(studio, head)
    if len(options["presets"]) > 1:
        made = (
            (f"{stem}-{name}", data)
            for name, data in several(studio, recipe, options["presets"], told, telling)
        )
        return _archive(head["target"], _listed(made, recipe, options))
    ending, data = _single(studio, recipe, options, told, telling)
    if options["sidecar"]:
        return _archive(head["target"], _listed(iter([(f"{stem}{ending}", data)]), recipe, options))
    return Message({"written": str(keep(Path(head["target"]), ending, data))})


def _telling(studio: Studio, head: Mapping[str, Any]) -> Telling:
    """Return what the files say; the key comes with the request, and is kept nowhere."""
    disclose, signing = bool(head["options"].get("disclose")), head.get("signing")
    if signing is None:
        return Telling(disclose)
    data = Path(head["path"]).read_bytes()
    origin = Origin(head["title"], studio.photo.source.format, data)
    chain, key = (str(each).encode("latin-1") for each in signing)
    return Telling(disclose, Signing(chain, key), origin)


def _single(
    studio: Studio, recipe: Recipe, options: Mapping[str, Any], told: Told, telling: Telling
) -> tuple[str, bytes]:
    for name, data in several(studio, recipe, options["presets"], told, telling):
        return Path(name).suffix, data
    saving = SaveOptions(
        format=options["format"],
        quality=options["quality"],
        strip_gps=options["strip_gps"],
        strip_metadata=options["strip_metadata"],
    )
    wish = Wish(
        saving,
        size=(options["width"], options["height"]),
        enlarge=options["enlarge"],
        dpi=options["dpi"],
        space=options["space"],
        sharpen=options["sharpen"],
        telling=telling,
    )
    return one(studio, recipe, wish, told)


def _listed(made: Files, recipe: Recipe, options: Mapping[str, Any]) -> Files:
    yield from made
    if options["sidecar"]:
        yield "recipe.json", recipe.to_json().encode("utf-8")


def _archive(target: str, files: Files) -> Message:
    """Write one file after the other, so that only one is in memory; whole or not at all."""
    part = Path(target).with_name(f".{secrets.token_hex(8)}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name, data in files:
                archive.writestr(zipfile.ZipInfo(name), data)
        with part.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        path = sealed(Path(target), digest, ".zip")
        os.replace(part, path)  # noqa: PTH105 - as the other writers do
    finally:
        part.unlink(missing_ok=True)
    return Message({"written": str(path)})
