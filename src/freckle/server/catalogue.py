"""Routes: what this server can do."""

import gzip
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Final, get_args

from fastapi import APIRouter, Request, Response

from freckle.codec import versions as codec_versions
from freckle.codec.credentials import MEDIA
from freckle.codec.formats import WRITTEN
from freckle.ops.catalogue import CATALOGUE, describe
from freckle.ops.op import Panel
from freckle.recipe.exports import EXPORTS
from freckle.recipe.presets import PRESETS
from freckle.server.gate import Me
from freckle.server.offers import (
    Catalogue,
    CatalogueOp,
    CataloguePanel,
    PresetAnswer,
    Version,
    WrittenFormat,
)
from freckle.server.wire import ExportPreset

ROUTES: Final = APIRouter(prefix="/api", tags=["catalogue"])
PANELS: Final[dict[Panel, str]] = {
    "face": "Face",
    "makeup": "Makeup",
    "reshape": "Reshape",
    "adjust": "Adjust",
    "background": "Background",
    "crop": "Crop",
    "upscale": "Upscale",
    "brush": "Brush",
}


@ROUTES.get("/version")
def versions(_me: Me) -> Version:
    """Say what is running."""
    return Version(engine=_version("freckle"), codecs=codec_versions(), networks=_networks())


@ROUTES.get("/catalogue", response_model=Catalogue)
async def catalogue(_me: Me, request: Request) -> Response:
    """List all tools in the order in which they work, their panels, and the formats of files."""
    packed = "gzip" in request.headers.get("accept-encoding", "").lower()
    headers = {"Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if packed else {})}
    return Response(_written(packed=packed), media_type="application/json", headers=headers)


@cache
def _written(*, packed: bool) -> bytes:
    """Return the catalogue as it is sent: 12 kB instead of 85 to browsers, which take it packed."""
    plain = _catalogue().model_dump_json(by_alias=True).encode()
    return gzip.compress(plain, mtime=0) if packed else plain


@cache
def _catalogue() -> Catalogue:
    """Every window asks for it, and it stays the same as long as the server runs."""
    ops = [CatalogueOp(**describe(op)) for op in CATALOGUE]
    panels = []
    for name in get_args(Panel):
        groups = list(dict.fromkeys(op.group for op in CATALOGUE if op.panel == name))
        if groups:
            panels.append(CataloguePanel(name=name, label=PANELS[name], groups=groups))
    formats = [
        WrittenFormat(
            name=f.name,
            label=f.label,
            quality=f.quality,
            deep=f.deep,
            opaque=f.opaque,
            signs=f.name in MEDIA,
        )
        for f in WRITTEN
        if f.here
    ]
    exports = [
        ExportPreset(
            name=each.name,
            label=each.label,
            width=each.width,
            height=each.height,
            longest=each.longest,
            dpi=each.dpi,
        )
        for each in EXPORTS
    ]
    return Catalogue(ops=ops, panels=panels, formats=formats, exports=exports)


@ROUTES.get("/presets")
def presets(_me: Me) -> list[PresetAnswer]:
    """List the recipes that come with freckle."""
    return [
        PresetAnswer(
            name=preset.name,
            label=preset.label,
            summary=preset.summary,
            recipe=preset.recipe.model_dump(mode="json"),
        )
        for preset in PRESETS
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"


def _networks() -> dict[str, str]:
    manifest = files("freckle.vision") / "weights" / "weights.json"
    try:
        weights = json.loads(manifest.read_text(encoding="utf-8"))["weights"]
    except FileNotFoundError:
        return {}
    return {weight["file"]: weight["sha256"] for weight in weights}
