"""`freckle background`: the people before another background, or before none."""

from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.matte import PEAK
from freckle.api.result import Result
from freckle.cli.exits import OK
from freckle.cli.export_arguments import signing_of
from freckle.cli.matting import take_matting_model
from freckle.cli.outputs import check_output, check_outputs, inputs_of, outputs_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.retouch import prove, work
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import Progress, note
from freckle.codec import atomic_write
from freckle.codec.files import read_file
from freckle.errors import RecipeError
from freckle.ops.background import NEW
from freckle.pixels.memory import ALL, keep_freed
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.recipe.settings import with_setting
from freckle.render.bitmaps import to_png
from freckle.render.ground import pack
from freckle.render.people import people_in

NOBODY: Final = "Nobody was found in the photo: all of it counts as background."
STAGES: Final = [("opening", 0.3), ("finding faces", 0.4), ("cutting out", 4.0), ("writing", 0.5)]


def run(arguments: Arguments) -> int:
    """Cut people out. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    outputs = outputs_of(arguments)
    check_outputs(inputs_of(arguments), outputs)
    _check_matte(arguments)
    take_matting_model(arguments)
    recipe = recipe_of(arguments)
    if arguments.threads is not None:
        cv2.setNumThreads(arguments.threads)
    keep_freed(ALL)
    signing = signing_of(arguments)
    with Progress(STAGES, wanted=not arguments.quiet) as progress:
        result = work(arguments, recipe, Selection(), progress)
        progress.step()
        notes = result.save(
            outputs.photo,
            signing,
            disclose=arguments.disclose,
            format=arguments.format,
            quality=arguments.quality,
            strip_gps=arguments.strip_gps,
            strip_metadata=arguments.strip_metadata,
            keep_blocks=arguments.keep_blocks,
        )
        if arguments.matte is not None:
            atomic_write(arguments.matte, matte_of(result))
        proof = prove(result, outputs)
    found = not result.photo.portrait.matte.empty
    cleaned = result.rendering.cleaned
    said = [*([] if found else [NOBODY]), *([cleaned.sentence] if cleaned else [])]
    for sentence in (*result.photo.warnings, *notes, *said):
        note(sentence)
    if not arguments.quiet:
        print(proof)
    return OK


def matte_of(result: Result) -> bytes:
    """Return the people's alpha as a gray PNG of 16 bits, as painted and framed as the picture."""
    photo = result.photo
    alpha = people_in(photo.content, photo.portrait, result.recipe, result.content)
    return to_png(np.asarray(alpha.astype(np.float32) / np.float32(PEAK), np.float32))


def recipe_of(arguments: Arguments) -> Recipe:
    """Return the recipe that the arguments describe. Raises `RecipeError` or `Refusal`."""
    file = arguments.recipe
    recipe = Recipe() if file is None else recipe_from((), file, ())
    for name, value in _settings(arguments).items():
        recipe = with_setting(recipe, f"background.{name}", value)
    return recipe


def _settings(arguments: Arguments) -> dict[str, Any]:
    ground = _ground(arguments)
    shadows = _shadows(arguments)
    if shadows and ground["mode"] not in NEW:
        raise UsageError(
            "Shadows fall on a new ground. Give --color, --gradient or --image beside --shadow "
            "or --contact."
        )
    return {**ground, **shadows}


def _shadows(arguments: Arguments) -> dict[str, Any]:
    """Read N, or N with softness, distance and angle; and how dark it is at the feet."""
    found = {} if arguments.contact is None else {"contact": arguments.contact}
    if arguments.shadow is None:
        return found
    parts = [part.strip() for part in arguments.shadow.split(",")]
    names = ("shadow", "spread", "distance", "fall")
    if len(parts) > len(names) or not all(parts):
        raise UsageError(
            f"The shadow {arguments.shadow!r} is not understood. Write 50 or 50,30,40,45."
        )
    return {**found, **dict(zip(names, parts, strict=False))}


def _ground(arguments: Arguments) -> dict[str, Any]:
    if arguments.color is not None:
        return {"mode": "color", "color": arguments.color}
    if arguments.gradient is not None:
        return {"mode": "gradient", **_gradient(arguments.gradient)}
    if arguments.image is not None:
        return {"mode": "image", "image": pack(read_file(arguments.image))}
    if arguments.clean is not None:
        return {"mode": "clean", **_cleaning(arguments.clean)}
    if arguments.blur is not None:
        return {"mode": "blur", "blur": arguments.blur}
    return {"mode": "remove"}


def _gradient(text: str) -> dict[str, Any]:
    """Read C1,C2 or C1,C2,ANGLE."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        raise RecipeError(
            f"The gradient {text!r} is not understood.", "Write it as #ffffff,#c9d3df,90."
        )
    return dict(zip(("color", "second", "angle"), parts, strict=False))


def _cleaning(text: str) -> dict[str, Any]:
    """Read N, or N,EVEN: how far marks are taken out, and light is evened."""
    marks, comma, even = text.partition(",")
    return {"marks": marks.strip(), "even": (even if comma else marks).strip()}


def _check_matte(arguments: Arguments) -> None:
    """Refuse a place for the matte that cannot be one."""
    path = arguments.matte
    if path is None:
        return
    check_output(inputs_of(arguments), "--matte", path)
    if path.suffix.lower() != ".png":
        raise UsageError("--matte writes a PNG. Choose a name that ends in .png.")
    if path.absolute() == arguments.output.absolute():
        raise UsageError("--matte names a file that is written already. Choose another name.")
