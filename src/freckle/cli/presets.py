"""`freckle presets`: the recipes that come with freckle, and those of other programs."""

import json

from freckle.cli.exits import OK
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments
from freckle.cli.terminal import note, say, table
from freckle.recipe.presets import PRESETS


def run(arguments: Arguments) -> int:
    """Print names and purposes, with `--json` the recipes too; or import a file.

    Raises `RecipeError`, `OutputError` or `UsageError` where that fails.
    """
    if arguments.direction == "import":
        return _import(arguments)
    if arguments.json:
        plain = [
            {
                "name": preset.name,
                "label": preset.label,
                "summary": preset.summary,
                "recipe": preset.recipe.model_dump(mode="json"),
            }
            for preset in PRESETS
        ]
        print(json.dumps(plain, indent=1, ensure_ascii=False))
    else:
        rows = [(preset.name, preset.label, preset.summary) for preset in PRESETS]
        print(table([*rows, ("none", "Nothing", "Every slider at 0; build up with --set.")]))
    return OK


def _import(arguments: Arguments) -> int:
    from freckle.codec import atomic_write  # noqa: PLC0415 - the list needs neither
    from freckle.looks.importing import import_preset  # noqa: PLC0415

    out = arguments.output or arguments.input.with_suffix(".json")
    check_output({"the preset": arguments.input}, "-o", out)
    found = import_preset(arguments.input)
    atomic_write(out, found.recipe.to_json().encode())
    for left in found.left:
        note(f"Not carried over: {left}.")
    say(f"{out}: {', '.join(found.carried)}")
    return OK
