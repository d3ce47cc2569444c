"""The database of a data folder, opened by commands beside the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from freckle.errors import OutputError
from freckle.server.engines import trouble
from freckle.server.settings import Settings
from freckle.server.store import Store


@contextmanager
def opened(folder: Path, database: str | None = None) -> Iterator[Store]:
    """Open the store of a data folder, or of a database server. Raises `FreckleError`."""
    settings = Settings(folder=folder, database=database)
    if database is None and not (folder / "freckle.sqlite").is_file():
        raise OutputError(
            f"{folder.name!r} is no data folder of freckle.",
            "Name the one given to `freckle serve --data`.",
        )
    with reached():
        store = Store(settings.database_url)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def reached() -> Iterator[None]:
    """Say in a sentence why a database cannot be used. Raises `FreckleError`."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise OutputError(
            f"The driver of this database is not installed: {error.name}.",
            "Install it with `pip install 'freckle[postgres]'`.",
        ) from error
    except SQLAlchemyError as error:
        raise trouble(error) or OutputError(
            f"The database cannot be used: {type(error).__name__}.",
            "Check its address, and that it runs and lets you in.",
        ) from error
