"""`freckle --version`: engine, codecs and networks."""

import json
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from runpy import run_path

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import table


def run(_arguments: Arguments) -> int:
    """Print what a bug report needs."""
    print(f"freckle {engine()}\n")
    print(table([("codec", "version"), *codecs().items()]))
    print()
    print(table([("protection", "here"), *protections().items()]))
    print()
    print(table([("network", "SHA-256"), *networks().items()]))
    return OK


def engine() -> str:
    """Return the installed version of freckle; `source` when run from its source folder."""
    try:
        return version("freckle")
    except PackageNotFoundError:
        return "source"


def codecs() -> dict[str, str]:
    """Return name and version of every codec, as `freckle.codec.versions` says them.

    That one file is run by itself: importing its package loads every decoder, which takes longer
    than all the rest.
    """
    found: dict[str, str] = run_path(str(files("freckle") / "codec" / "versions.py"))["versions"]()
    return found


def protections() -> dict[str, str]:
    """Return what closes the cage of the decoders on this machine; again that one file alone."""
    found: dict[str, str] = run_path(str(files("freckle") / "cage" / "kernel.py"))["protections"]()
    return found


def networks() -> dict[str, str]:
    """Return name and SHA-256 of each network, from the table beside the weights."""
    manifest = files("freckle") / "vision" / "weights" / "weights.json"
    try:
        weights = json.loads(manifest.read_text(encoding="utf-8"))["weights"]
    except OSError:
        return {"none": "install freckle again: its build brings the weights along"}
    return {row["name"]: row["sha256"] for row in weights}
