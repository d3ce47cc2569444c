"""From an address to a store."""

from pathlib import Path
from typing import Final

from freckle.storage.files import Files
from freckle.storage.objects import Objects
from freckle.storage.store import Store

SCHEMES: Final = ("s3", "s3a", "gs", "az", "azure", "abfs", "abfss", "adl")


def is_address(text: str) -> bool:
    """Tell whether a text names an object store, and no file."""
    scheme, mark, _ = text.partition("://")
    return bool(mark) and scheme.lower() in SCHEMES


def open_store(place: str | Path) -> Store:
    """Return the store at an address, or in a folder. Raises `StorageError`."""
    text = str(place)
    return Objects(text) if is_address(text) else Files(Path(place))
