"""Bring weights and the editor's page into the package when it is built.

No run downloads anything.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "scripts"))  # build files are no package

import fonts
import weights

import editor


class BuildHook(BuildHookInterface[Any]):
    """Hatchling calls this before it builds a wheel, an editable install or a source archive."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node.js only where the editor's page must be built and the machine has none."""
        root = Path(self.root)
        needs: list[str] = editor.needs(root)
        whole = weights.complete(root / weights.FOLDER) and fonts.complete(root / fonts.FOLDER)
        if not needs and not whole and not editor.find_node():
            needs = [editor.NODE]
        return needs

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make sure that the weights and, but for editable installs, the page are in place."""
        root = Path(self.root)
        weights.ensure(root / weights.FOLDER, _node)
        fonts.ensure(root / fonts.FOLDER, _node)
        if version != "editable":
            editor.ensure_page(root)


def _node() -> str:
    """Return the folder of a Node.js with npm, from the package index where there is none."""
    return str(editor.find_node() or editor.bring_node())
