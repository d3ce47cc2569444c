"""The kinds of jobs of a set: done in a worker process, anywhere."""

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from freckle.api.photos import OpenedPhoto
from freckle.api.remarks import Remedies
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.batch.order import Order
from freckle.codec import load_bytes
from freckle.codec.arrays import form_of
from freckle.codec.endings import check_format
from freckle.jobs.job import Job
from freckle.jobs.kinds import Context, Kind
from freckle.jobs.places import Place
from freckle.jobs.protocol import Message
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.sets.planned import by_plan

REMEDIES: Final = Remedies(
    natural="--set lock.natural=off",
    skin_tone="--set lock.skin_tone=off",
    include="`freckle retouch --include`",
    assign="`freckle retouch --assign {key}=1`",
    unchanged="the photo is written unchanged.",
)


def retouch(job: Job, context: Context) -> Message:
    """Retouch one photo and write it, or send it back.

    The head has the order, the targets, whether their content is sent back, and what is known
    from before: if that still holds, all is left as it is. Whoever has it sent back has looked
    whether the targets stand.
    """
    head = job.head
    order = Order.from_plain(head["order"])
    targets = [Place(**plain) for plain in head["targets"]]
    (given,) = job.inputs
    data = given.read()
    key = order.key(sha256(data).hexdigest())
    known = head.get("known")
    if known and known["key"] == key and (head["send"] or stand(targets, known["outputs"])):
        return Message({**known, "kept": True, "report": None})
    result, told = _result(data, order, targets, context)
    files, notes = _files(result, order, targets)
    context.progress(0.9)
    if head["send"]:
        body = b"".join(files)
    else:
        body = b""
        for target, content in zip(targets, files, strict=True):
            target.write(content)
    return Message(
        {
            "key": key,
            "outputs": [sha256(content).hexdigest() for content in files],
            "sizes": [len(content) for content in files],
            "summary": result.summary,
            "notes": [*told, *result.photo.warnings, *notes, *result.sentences(REMEDIES)],
            "megapixels": _megapixels(result.photo),
            "report": result.report.to_plain() if order.report else None,
        },
        body,
    )


def _result(
    data: bytes, order: Order, targets: list[Place], context: Context
) -> tuple[Result, list[str]]:
    content = load_bytes(data)
    photo = OpenedPhoto(content, form_of(content), data=data)
    context.size(_megapixels(photo))
    context.progress(0.2)
    if not order.exports:
        check_format(content, _path(targets[0]), order.saving)
    selection = Selection(style_only=order.style_only)
    if order.plan:
        return by_plan(photo, _recipe(order.recipe), selection, json.loads(order.plan))
    return retouched(photo, _recipe(order.recipe), selection), []


def _files(result: Result, order: Order, targets: list[Place]) -> tuple[list[bytes], list[str]]:
    """Return the content of each target, and what people should know."""
    signing = _signing(order.certificate, order.private_key) if order.certificate else None
    if order.exports:
        asked = zip(targets, order.exports, strict=False)
        made = [
            result.exported(_path(target), preset, signing, disclose=order.disclose)
            for target, preset in asked
        ]
        files, notes = [each[0] for each in made], [note for each in made for note in each[1]]
    else:
        options = order.to_plain()
        content, lost = result.file(
            _path(targets[0]),
            signing,
            disclose=order.disclose,
            format=options["format"],
            quality=options["quality"],
            strip_gps=options["strip_gps"],
            strip_metadata=options["strip_metadata"],
            keep_blocks=options["keep_blocks"],
        )
        files, notes = [content], [*lost]
    if order.sidecar:
        files.append(result.recipe.to_json().encode())
    return files, notes


@lru_cache(4)
def _signing(certificate: str, key: str) -> Any:
    # late: the library of an extra, and cryptography, are loaded by it
    return import_module("freckle.codec.credentials").Signing.of(Path(certificate), Path(key))


def stand(targets: Sequence[Place], digests: Sequence[str]) -> bool:
    """Tell whether every target is what was written before."""
    return len(targets) == len(digests) and all(
        target.digest() == digest for target, digest in zip(targets, digests, strict=True)
    )


def _path(target: Place) -> Path:
    """Return what ends as the file does."""
    return Path(target.key or target.path or "")


def _megapixels(photo: OpenedPhoto) -> float:
    return round(photo.width * photo.height / 1e6, 3)


@lru_cache(4)
def _recipe(text: str) -> Recipe:
    return Recipe.parse(text.encode())


KINDS: Final[dict[str, Kind]] = {"retouch": retouch}
WHERE: Final = "freckle.batch.work:KINDS"
"""As engines are told it."""


def order_of(recipe: Recipe, **options: Any) -> Order:
    """Return the order of a recipe, with options for the files."""
    return Order(recipe=recipe.to_json(), **options)
