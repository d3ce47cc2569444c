"""What a file tells of how it came about: a signed manifest, and a plain line in its metadata."""

from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from freckle.codec import SaveOptions
from freckle.codec.credentials import Signing, Story, signed
from freckle.photo import Format
from freckle.render.render import Rendering
from freckle.report.changes import changes
from freckle.report.disclosure import disclosure


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a photo was opened from."""

    title: str
    format: Format
    data: bytes | None
    """None where it is not there any more."""


def with_credentials(
    data: bytes, target: Format, signing: Signing, origin: Origin, rendering: Rendering
) -> bytes:
    """Return a file with Content Credentials: which tools of which panels worked on it.

    Raises `OutputError`.
    """
    deeds = [deed for each in rendering.people for deed in each.deeds if not deed.idle]
    panels: dict[str, list[str]] = {}
    for changed in changes([*deeds, *rendering.deeds]):
        tools = panels.setdefault(changed.panel, [])
        if changed.op not in tools:
            tools.append(changed.op)
    story = Story(origin.title, origin.data, origin.format, panels, _version())
    return signed(data, target, story, signing)


def line_of(rendering: Rendering) -> str:
    """Return what was done in one plain line: skin retouched; shape unchanged."""
    return disclosure(rendering.done, cleaned=rendering.cleaned is not None)


def disclosing(options: SaveOptions, rendering: Rendering) -> SaveOptions:
    """Return options of a file whose metadata say what was done."""
    enlarged = any(deed.op == "upscale" for deed in rendering.done)
    return replace(options, disclosure=line_of(rendering), enlarged=enlarged)


def _version() -> str:
    try:
        return version("freckle")
    except PackageNotFoundError:
        return "0"
