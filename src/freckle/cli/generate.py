"""`freckle generate`: pictures from words, by a generator that the user has set up."""

import os
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from platformdirs import user_config_path

from freckle.cli.exits import OK
from freckle.cli.outputs import check_output, numbered
from freckle.cli.parser import Arguments, UsageError
from freckle.codec import SaveOptions, load, save
from freckle.errors import GeneratorError
from freckle.generate.choosing import Choice, load_choice, read_choice, save_choice
from freckle.generate.wish import RGB8, Wish, sized
from freckle.photo import Photo, Source
from freckle.pixels.color import to_srgb

LARGEST: Final = 2048
"""Longer side of a picture that is given to a generator."""


def place() -> Path:
    """Return where the chosen generator is kept."""
    named = os.environ.get("FRECKLE_GENERATOR")
    return Path(named) if named else user_config_path("freckle") / "generator.json"


def run(arguments: Arguments) -> int:
    """Generate. Raises `UsageError`, `GeneratorError`, `Refusal` or `OutputError`."""
    if arguments.forget:
        save_choice(None, place())
        return OK
    choice = _chosen(arguments)
    if arguments.save:
        if choice is None:
            raise UsageError("There is no generator to keep. Name one with --engine.")
        save_choice(choice, place())
        if arguments.prompt is None:
            return OK
    return _made(arguments, choice)


def _made(arguments: Arguments, choice: Choice | None) -> int:
    if arguments.prompt is None or arguments.output is None:
        raise UsageError('Say what to make, and where to: freckle generate "…" -o OUT.png.')
    if choice is None:
        raise GeneratorError(
            "No image generator is set up.",
            "Name one with --engine; or let `freckle look` turn words into looks without one.",
        )
    targets = _targets(arguments)
    made = choice.made().make(_wish(arguments), _progress(arguments))
    for target, picture in zip(targets, made, strict=False):
        save(Photo(np.ascontiguousarray(picture), Source("png", "")), target, SaveOptions())
        if not arguments.quiet:
            print(target)
    return OK


def _chosen(arguments: Arguments) -> Choice | None:
    if arguments.engine is None:
        return load_choice(place())
    given: dict[str, Any] = {"engine": arguments.engine, "model": arguments.model or ""}
    if arguments.engine == "http":
        given["url"] = arguments.url or ""
        if arguments.key_env:
            given["key"] = os.environ.get(arguments.key_env, "")
    else:
        given |= {"hub": arguments.hub, "device": arguments.device}
    return read_choice(given)


def _wish(arguments: Arguments) -> Wish:
    return Wish(
        prompt=arguments.prompt,
        negative=arguments.negative,
        size=sized(arguments.aspect, arguments.side),
        count=arguments.candidates,
        seed=arguments.seed,
        guidance=arguments.guidance,
        steps=arguments.steps,
        image=_read(arguments.init),
        strength=arguments.strength,
        reference=_read(arguments.reference),
    )


def _targets(arguments: Arguments) -> list[Path]:
    """Return where candidates go, and refuse what cannot be written or is read."""
    named = {"the picture to start from": arguments.init, "the reference": arguments.reference}
    sources = {what: path for what, path in named.items() if path is not None}
    targets = numbered(arguments.output, arguments.candidates)
    for target in targets:
        check_output(sources, "-o", target)
    return targets


def _read(path: Path | None) -> RGB8 | None:
    """Return a picture as 8-bit sRGB, no larger than a generator needs."""
    if path is None:
        return None
    photo = load(path)
    step = -(-max(photo.width, photo.height) // LARGEST)
    values = photo.pixels[::step, ::step].astype(np.float32) * np.float32(1 / photo.peak)
    srgb = np.clip(to_srgb(values, photo.space), 0, 1)
    return np.ascontiguousarray(np.rint(srgb * 255).astype(np.uint8))


def _progress(arguments: Arguments) -> Any:
    def tell(done: float) -> None:
        if not arguments.quiet and sys.stderr.isatty():
            print(f"\r{done:4.0%}", end="" if done < 1 else "\n", file=sys.stderr, flush=True)

    return tell
