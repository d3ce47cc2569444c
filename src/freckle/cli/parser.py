"""The arguments: names, meanings and limits. Part of the contract with scripts."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

from freckle.cli import many, operation_arguments, set_arguments, values
from freckle.cli.export_arguments import FORMATS, add_signing, export_arguments
from freckle.cli.generate_arguments import GENERATE, generate_arguments
from freckle.cli.look_arguments import LOOK, look_arguments
from freckle.cli.matting_arguments import matting_argument
from freckle.cli.poster_arguments import POSTER, add_poster
from freckle.cli.preset_arguments import preset_arguments
from freckle.cli.publish_arguments import PUBLISH, publish_arguments
from freckle.cli.server_arguments import (
    EDIT,
    MCP,
    edit_arguments,
    mcp_arguments,
    serve_arguments,
)
from freckle.cli.texts import (
    ASSIGN,
    BACKGROUND,
    BLOCKS,
    EPILOG,
    EXPORT,
    INCLUDE,
    NAME,
    PERSON,
    PRESET,
    RETOUCH,
    SET,
    SHADOW,
    STYLE,
    UPSCALE,
    WHO,
)
from freckle.cli.upscale_arguments import upscale_arguments


class UsageError(Exception):
    """Arguments that cannot be understood: one sentence and one remedy."""

    def __str__(self) -> str:
        """Say both in a row."""
        return " ".join(map(str, self.args))


class Arguments(argparse.Namespace):
    """What was asked for; attributes are named as the arguments of each command."""

    command: str
    version: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One `--set`, and whom the `--person` before it names; None is everyone."""

    text: str
    person: str | None = None


class _Set(argparse.Action):
    """Keeps a setting together with whom it is for."""

    def __call__(self, _parser: Any, namespace: Any, value: Any, _option: Any = None) -> None:
        namespace.settings = (*namespace.settings, Setting(value, namespace.person))


class _For(argparse.Action):
    """Says whom the settings after it are for."""

    def __call__(self, _parser: Any, namespace: Any, value: Any, _option: Any = None) -> None:
        namespace.person = None if value == "all" else value


class Parser(argparse.ArgumentParser):
    """An argument parser that raises one clear line instead of printing its usage."""

    commands = ""
    """What it can be told to do."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Arguments:  # type: ignore[override]
        """Parse; a command must be named unless the version is asked for."""
        found = super().parse_args(args, namespace or Arguments())
        if found.command is None and not found.version:
            self.error(f"a command is missing: {self.commands}")
        return found


def build_parser(words: Sequence[str] | None = None) -> Parser:
    """Return the command line: the whole, or what understands `words`, in a tenth of the time."""
    parser = Parser(
        prog="freckle",
        description="Portrait retouching that keeps skin looking like skin.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="store_true", help="say the versions of engine, codecs and networks"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in words[:1] if words and words[0] in COMMANDS else COMMANDS:
        summary, description, fill = COMMANDS[name]
        options: Any = {"help": summary, "description": description or _sentence(summary)}
        fill(commands.add_parser(name, allow_abbrev=False, epilog=EPILOG, **options))
    *most, last = COMMANDS
    parser.commands = f"{', '.join(most)} or {last}"
    return parser


def _sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:]}."


def _retouch(parser: Parser) -> None:
    parser.add_argument("input", metavar="IN", type=Path, help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    _recipe_arguments(parser)
    matting_argument(parser)
    add_signing(parser)
    _file_arguments(parser)
    proof = parser.add_argument_group("proof of what changed")
    proof.add_argument("--report", metavar="F.json", type=Path, help="figures, and a table here")
    proof.add_argument("--compare", metavar="F.png", type=Path, help="before | after")
    proof.add_argument("--heatmap", metavar="F.png", type=Path, help="where how much changed")
    parser.add_argument("--threads", metavar="N", type=values.count, help="same bytes whatever N")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary, no progress bar")


def _many(own: Callable[[Parser], None], parser: Parser) -> None:
    own(parser)
    group = parser.add_argument_group("what to do")
    _style_arguments(group)
    add_signing(parser)
    _file_arguments(parser)
    parser.set_defaults(person=None)


def _background(parser: Parser) -> None:
    parser.add_argument("input", metavar="IN", type=Path, help="the photo; only read")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    ways = parser.add_argument_group("the background").add_mutually_exclusive_group()
    ways.add_argument("--remove", action="store_true", help="transparent; not in JPEG files")
    ways.add_argument("--color", metavar="C", help="a color as #rrggbb")
    ways.add_argument("--gradient", metavar="C1,C2[,ANGLE]", help="0 to the right, 90 downward")
    ways.add_argument("--image", metavar="FILE", type=Path, help="a picture that covers it")
    ways.add_argument(
        "--clean", metavar="N[,EVEN]", help="the photo's own without creases, and even: 0 to 100"
    )
    ways.add_argument("--blur", metavar="N", help="the photo's own, out of focus: 0 to 100")
    on = parser.add_argument_group("on a color, gradient or picture")
    on.add_argument("--shadow", metavar=SHADOW, help="0 to 100 each; angle 0 to the right")
    on.add_argument("--contact", metavar="N", help="shade where people meet the floor: 0 to 100")
    parser.add_argument("--recipe", metavar="FILE", type=Path, help="a recipe, cut-out by hand too")
    matting_argument(parser)
    parser.add_argument("--matte", metavar="MATTE.png", type=Path, help="the people, as gray")
    add_signing(parser)
    _file_arguments(parser)
    parser.set_defaults(report=None, compare=None, heatmap=None)
    parser.add_argument("--threads", metavar="N", type=values.count, help="same bytes whatever N")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary, no progress bar")


def _style_arguments(group: Any) -> None:
    group.add_argument(
        "--preset", metavar="NAME|FILE", action="append", default=[], dest="presets", help=PRESET
    )
    group.add_argument("--recipe", metavar="FILE", type=Path, help="a recipe as JSON")
    group.add_argument("--style-only", action="store_true", help=STYLE)
    group.add_argument(
        "--set", metavar="OP.PARAM=VALUE", action=_Set, default=(), dest="settings", help=SET
    )


def _recipe_arguments(parser: Parser) -> None:
    group = parser.add_argument_group("what to do")
    _style_arguments(group)
    group.add_argument("--person", metavar=f"{WHO}|all", action=_For, help=PERSON)
    group.add_argument(
        "--only", metavar=WHO, action="append", default=[], help="retouch nobody else; repeatable"
    )
    group.add_argument(
        "--exclude", metavar=WHO, action="append", default=[], help="leave alone; repeatable"
    )
    group.add_argument("--include", metavar=WHO, action="append", default=[], help=INCLUDE)
    group.add_argument(
        "--name", metavar="N|KEY=NAME", action="append", default=[], dest="names", help=NAME
    )
    group.add_argument("--assign", metavar=f"KEY={WHO}", action="append", default=[], help=ASSIGN)


def _file_arguments(parser: Parser) -> None:
    group = parser.add_argument_group("the file written")
    group.add_argument(
        "--format",
        type=values.file_format,
        choices=FORMATS,
        help="default: by OUT's ending, else as the input",
    )
    group.add_argument(
        "--quality", metavar="N", type=values.quality, help="1 to 100; default: as input"
    )
    group.add_argument(
        "--strip-gps", action="store_true", help="leave position, city and country out"
    )
    group.add_argument(
        "--strip-metadata", action="store_true", help="leave EXIF, XMP, IPTC, texts out"
    )
    group.add_argument("--keep-blocks", action="store_true", help=BLOCKS)
    group.add_argument("--sidecar", action="store_true", help="recipe beside it: OUT.freckle.json")


def _inspect(parser: Parser) -> None:
    parser.add_argument("input", metavar="IN", type=Path)
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--threads", metavar="N", type=values.count)


def _mask(parser: Parser) -> None:
    ways = parser.add_subparsers(
        dest="direction", metavar="export|import", parser_class=Parser, required=True
    )
    for name, what, out in (
        ("export", "the photo", "the mask, a gray PNG of the photo's size"),
        ("import", "a gray PNG, stretched over the photo", "the recipe with the mask"),
    ):
        way = ways.add_parser(name, epilog=EPILOG, allow_abbrev=False)
        way.add_argument("input", metavar="IN", type=Path, help=what)
        way.add_argument("--recipe", metavar="FILE", type=Path, required=True)
        way.add_argument(
            "--step", metavar="N", type=values.step, required=True, help="1 is the first"
        )
        way.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=out)


def _listing(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _demo(parser: Parser) -> None:
    parser.add_argument("folder", metavar="OUT_DIR", type=Path)
    parser.add_argument("--photo", metavar="IN", type=Path, help="default: a sample portrait")


COMMANDS: Final[Mapping[str, tuple[str, str | None, Callable[[Parser], object]]]] = {
    "retouch": ("retouch a portrait", RETOUCH, _retouch),
    "look": (
        "turn words into a look",
        LOOK,
        partial(look_arguments, file_arguments=_file_arguments),
    ),
    "batch": ("retouch many photos", many.BATCH, partial(_many, many.batch)),
    "watch": ("retouch photos as they arrive", many.WATCH, partial(_many, many.watch)),
    "generate": ("make pictures from words", GENERATE, generate_arguments),
    "headshots": (
        "write heads alike",
        set_arguments.HEADSHOTS,
        partial(set_arguments.headshots, style=_style_arguments),
    ),
    "id": ("cut an official ID photo", set_arguments.ID, set_arguments.id_photo),
    "style": ("keep and learn a style", set_arguments.STYLE, set_arguments.style),
    "background": ("put the people before another one", BACKGROUND, _background),
    "inspect": ("say who and what is in a photo", None, _inspect),
    "upscale": (
        "make a photo larger",
        UPSCALE,
        partial(upscale_arguments, file_arguments=_file_arguments),
    ),
    "export": (
        "write a photo for the web, for networks, for print",
        EXPORT,
        partial(export_arguments, setting=_Set),
    ),
    "publish": ("send a photo where it is seen", PUBLISH, partial(publish_arguments, setting=_Set)),
    "poster": ("lay a portrait and words out as a poster", POSTER, add_poster),
    "ops": ("list the tools and their sliders", None, _listing),
    "presets": ("list the recipes that come with freckle, import", None, preset_arguments),
    "mask": ("take a step's mask out of a recipe, or put one in", None, _mask),
    "serve": ("open the editor in the browser", None, serve_arguments),
    **operation_arguments.COMMANDS,
    "edit": ("open the editor on one photo, and wait", EDIT, edit_arguments),
    "mcp": ("offer the tools to other programs", MCP, mcp_arguments),
    "demo": ("retouch a sample portrait and show what changed", None, _demo),
}
"""What each command is for, in a line and at length, and what adds its arguments."""
