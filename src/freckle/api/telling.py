"""What a signed manifest tells of a result."""

from importlib.metadata import PackageNotFoundError, version

from freckle.api.keeping import original_of
from freckle.api.photos import OpenedPhoto
from freckle.codec.credentials import Signing, Story, signed
from freckle.photo import Format
from freckle.render.render import Rendering


def with_credentials(
    data: bytes, target: Format, signing: Signing, opened: OpenedPhoto, rendering: Rendering
) -> bytes:
    """Return a file with Content Credentials: which tools of which panels worked on it.

    Raises `OutputError`.
    """
    from freckle.report.changes import changes  # noqa: PLC0415 - only when asked for

    deeds = [deed for each in rendering.people for deed in each.deeds if not deed.idle]
    panels: dict[str, list[str]] = {}
    for changed in changes([*deeds, *rendering.deeds]):
        tools = panels.setdefault(changed.panel, [])
        if changed.op not in tools:
            tools.append(changed.op)
    original = original_of(opened)
    story = Story(
        title=opened.path.name if opened.path else "photo",
        original=None if original is None else original.data,
        original_format=opened.content.source.format,
        panels=panels,
        version=_version(),
    )
    return signed(data, target, story, signing)


def _version() -> str:
    try:
        return version("freckle")
    except PackageNotFoundError:
        return "0"
