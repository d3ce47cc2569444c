"""The tools, as the protocol describes them to whoever connects (stdio)."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from freckle.errors import FreckleError
from freckle.mcp.desk import Desk, Plain
from freckle.mcp.places import Places

INSTRUCTIONS: Final = (
    "Retouches portraits on this computer so that skin keeps looking like skin. Ask `photos` what "
    "there is and `offers` for presets and sliders. Originals are never changed: results go into "
    "one folder, under names that are not taken."
)
Photo = Annotated[str, Field(description="path as `photos` lists it", max_length=4096)]
Output = Annotated[str, Field(description="new file in the folder for results", max_length=255)]
Preset = Annotated[str | None, Field(description="name as `offers` lists it; default natural")]
AsRecipe = Annotated[
    dict[str, Any] | str | None, Field(description="a recipe: its JSON, or the path of its file")
]
Settings = Annotated[
    dict[str, Any] | None,
    Field(description='tools over it, as {"smooth": {"amount": 30}} or {"smooth": 30}'),
]
READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)
WRITES: Final = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)


def make_server(places: Places) -> MCPServer[Any]:
    """Return a server whose tools work in these places."""
    desk = Desk(places)
    server: MCPServer[Any] = MCPServer("freckle", instructions=INSTRUCTIONS, log_level="WARNING")
    _reading(server, desk)
    _writing(server, desk)
    return server


def _reading(server: MCPServer[Any], desk: Desk) -> None:
    @server.tool(annotations=READS)
    def photos() -> Plain:
        """List the photos that may be read, at most 500."""
        return _done(desk, desk.photos)

    @server.tool(annotations=READS)
    def offers() -> Plain:
        """List presets, tools with their sliders and limits, and export presets."""
        return _done(desk, desk.offers)

    @server.tool(annotations=READS)
    def inspect(photo: Photo) -> Plain:
        """Say who is in a photo: faces, whether they are retouched, pose, skin, marks by kind."""
        return _done(desk, lambda: desk.inspect(photo))

    @server.tool(annotations=READS)
    def report(
        photo: Photo, preset: Preset = None, recipe: AsRecipe = None, settings: Settings = None
    ) -> Plain:
        """Say in figures what a retouch would change, and write nothing."""
        return _done(
            desk, lambda: desk.retouch(photo, desk.source(preset, recipe), settings or {}, None)
        )


def _writing(server: MCPServer[Any], desk: Desk) -> None:
    @server.tool(annotations=WRITES)
    def retouch(
        photo: Photo,
        output: Output,
        preset: Preset = None,
        recipe: AsRecipe = None,
        settings: Settings = None,
    ) -> Plain:
        """Retouch a photo into a new file; its recipe is written beside it."""
        return _done(
            desk, lambda: desk.retouch(photo, desk.source(preset, recipe), settings or {}, output)
        )

    @server.tool(annotations=WRITES)
    def look(
        photo: Photo, words: str, output: Output, style: str | None = None, seed: int = 0
    ) -> Plain:
        """Turn words, as in "warm evening light, red lips", into a look and write the picture."""
        return _done(desk, lambda: desk.look(photo, words, style, seed, output))

    @server.tool(annotations=WRITES)
    def background(
        photo: Photo, output: Output, settings: Settings = None, image: str | None = None
    ) -> Plain:
        """Put the people before another background; settings are those of `background`.

        Without settings it is removed, which JPEG files cannot hold; `image` is a picture's path.
        """
        return _done(
            desk, lambda: desk.background(photo, settings or {"mode": "remove"}, image, output)
        )

    @server.tool(annotations=WRITES)
    def export(
        photo: Photo,
        presets: Annotated[list[str], Field(min_length=1, max_length=24)],
        preset: Annotated[str, Field(description="retouched so before")] = "none",
        settings: Settings = None,
    ) -> Plain:
        """Write a photo as export presets want it: one new file for each."""
        return _done(
            desk, lambda: desk.export(photo, presets, desk.source(preset, None), settings or {})
        )


def _done(desk: Desk, work: Callable[[], Plain]) -> Plain:
    """Do one thing at a time; what is refused is told in its own words."""
    try:
        with desk.lock:
            return work()
    except FreckleError as error:
        raise ToolError(str(error)) from None
