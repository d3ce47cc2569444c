"""Routes: what this server can do."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from fastapi import APIRouter

from freckle.server.gate import Me
from freckle.server.wire import Version

ROUTES: Final = APIRouter(prefix="/api", tags=["catalogue"])


@ROUTES.get("/version")
def versions(_me: Me) -> Version:
    """Say what is running."""
    return Version(engine=_version("freckle"), codecs={}, networks={})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"
