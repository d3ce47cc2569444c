"""One plain line on what was done to a photo, for whoever looks at it."""

from collections.abc import Iterable
from typing import Final

from freckle.ops.catalogue import BY_NAME
from freckle.render.deeds import Deed
from freckle.report.changes import kind_of
from freckle.report.figures import WorkKind

WORDS: Final[dict[WorkKind, str]] = {
    "skin": "skin retouched",
    "makeup": "makeup added",
    "light": "face lit",
    "hand": "retouched by hand",
}
WHOLE: Final = {
    "background": "background replaced",
    "crop": "cropped",
    "upscale": "enlarged",
    "adjust": "color and light adjusted",
}


def disclosure(deeds: Iterable[Deed], *, cleaned: bool = False) -> str:
    """Return what was done, and always whether the shape of anybody was changed.

    `cleaned` says that the background is the photo's own.
    """
    ops = [BY_NAME[deed.op] for deed in deeds if not deed.idle]
    if not ops:
        return "not retouched"
    kinds = [kind_of(op) for op in ops]
    said = [WORDS[kind] for kind in WORDS if kind in kinds]
    whole = {**WHOLE, "background": "background cleaned"} if cleaned else WHOLE
    said += [words for panel, words in whole.items() if any(op.panel == panel for op in ops)]
    said.append("shape changed" if "shape" in kinds else "shape unchanged")
    return "; ".join(said)
