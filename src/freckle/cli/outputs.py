"""Where results go, and what is refused before any work: the original, devices, twice the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freckle.cli.parser import Arguments, UsageError
from freckle.codec import check_target, same_file

SIDECAR: Final = ".freckle.json"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go."""

    photo: Path
    sidecar: Path | None
    report: Path | None
    compare: Path | None
    heatmap: Path | None

    @property
    def beside(self) -> dict[str, Path]:
        """The files other than the photo, by the argument that asks for them."""
        named = {
            "--sidecar": self.sidecar,
            "--report": self.report,
            "--compare": self.compare,
            "--heatmap": self.heatmap,
        }
        return {name: path for name, path in named.items() if path is not None}


def outputs_of(arguments: Arguments) -> Outputs:
    """Return all paths that `freckle retouch` will write."""
    out: Path = arguments.output
    return Outputs(
        photo=out,
        sidecar=out.with_name(out.name + SIDECAR) if arguments.sidecar and out.name else None,
        report=arguments.report,
        compare=arguments.compare,
        heatmap=arguments.heatmap,
    )


def inputs_of(arguments: Arguments) -> dict[str, Path]:
    """Return all files that a command reads, by what they are."""
    also = {
        "the recipe": "recipe",
        "the background": "image",
        "the certificate": "sign",
        "the key": "key",
    }
    named = {what: getattr(arguments, name, None) for what, name in also.items()}
    named = {"the original": arguments.input, **named}
    presets = {f"the preset {name!r}": Path(name) for name in getattr(arguments, "presets", ())}
    return {what: path for what, path in (named | presets).items() if path is not None}


def check_outputs(sources: Mapping[str, Path], outputs: Outputs) -> None:
    """Refuse before any work what could not be written, or would overwrite what is read.

    Raises `UsageError` or `OutputError`.
    """
    taken: list[Path] = []
    for name, path in {"-o": outputs.photo, **outputs.beside}.items():
        check_output(sources, name, path)
        if any(same_file(path, other) for other in taken):
            raise UsageError(f"{name} names a file that is written already. Choose another name.")
        taken.append(path)


def check_output(sources: Mapping[str, Path], name: str, path: Path) -> None:
    """Refuse one file; `name` is the argument that asks for it.

    Raises `UsageError` or `OutputError`.
    """
    for what, source in sources.items():
        if same_file(path, source):
            raise UsageError(
                f"{name} is {what} itself, which freckle never writes to. Choose another name."
            )
    check_target(path)


def numbered(path: Path, count: int) -> list[Path]:
    """Return where so many results go: OUT itself, or OUT-1, OUT-2 and so on."""
    if count == 1:
        return [path]
    return [path.with_name(f"{path.stem}-{k}{path.suffix}") for k in range(1, count + 1)]
