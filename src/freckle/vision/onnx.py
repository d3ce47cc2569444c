"""ONNX Runtime, an optional part, which speaks to nobody.

Its wheels (1.32, on Linux, too) tell their maker what happens in them, under a lasting number of
the machine's, unless a variable says otherwise before they are loaded (its Privacy.md).
"""

import os
from importlib import import_module
from typing import Any, Final

SILENT: Final = "ORT_DISABLE_TELEMETRY"


def runtime() -> Any:
    """Import ONNX Runtime. Raises ImportError where it is not installed."""
    os.environ[SILENT] = "1"
    return import_module("onnxruntime")
