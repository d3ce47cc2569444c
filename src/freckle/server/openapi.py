"""Print the API's description.

`make types` renews the committed file, and the editor's types from it.
"""

import json
import sys

from freckle.server.app import create_app
from freckle.server.settings import Settings


def text() -> str:
    """Return the description as the committed file has it."""
    schema = create_app(Settings()).openapi()
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
