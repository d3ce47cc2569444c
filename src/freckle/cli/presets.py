"""`freckle presets`: the recipes that come with freckle."""

import json

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import table
from freckle.recipe.presets import PRESETS


def run(arguments: Arguments) -> int:
    """Print names and purposes; with `--json` the recipes too."""
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
