"""Workers that outlive the commands that use them: starting one takes longer than its work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from freckle.jobs import engines
from freckle.jobs.job import Engine


class Kept:
    """An engine that its users cannot close."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def close(self) -> None:
        """Stay."""


@contextmanager
def kept(*users: str) -> Iterator[None]:
    """Have modules that start engines share them: one for each table of kinds."""
    known: dict[tuple[Any, ...], Kept] = {}

    def engine(name: str, kinds: str, *, workers: int | None = None, **more: Any) -> Kept:
        which = (name, kinds, workers)
        if which not in known:
            known[which] = Kept(engines.engine(name, kinds, workers=workers, **more))
        return known[which]

    with pytest.MonkeyPatch.context() as patch:
        for user in users:
            patch.setattr(f"{user}.engine", engine)
        try:
            yield
        finally:
            for one in known.values():
                one.engine.close()
