"""The database: all rooms under one roof. Nothing is read without naming the user."""

from sqlalchemy import Engine

from freckle.server.engines import connect
from freckle.server.migrations import migrate
from freckle.server.quota import Quota
from freckle.server.rooms.accounts import Accounts
from freckle.server.rooms.approvals import Approvals
from freckle.server.rooms.desk import Desk
from freckle.server.rooms.events import Events
from freckle.server.rooms.favourites import Favourites
from freckle.server.rooms.guests import Guests
from freckle.server.rooms.guides import Guides
from freckle.server.rooms.history import History, NewStep, Revision
from freckle.server.rooms.members import Members
from freckle.server.rooms.photos import Photos, StoredPhoto
from freckle.server.rooms.pictures import Pictures
from freckle.server.rooms.posters import Posters
from freckle.server.rooms.presets import OwnPresets
from freckle.server.rooms.projects import Projects, StoredProject
from freckle.server.rooms.sessions import SESSION_MS, Sessions
from freckle.server.rooms.sets import Sets
from freckle.server.rooms.shares import Shares
from freckle.server.rooms.sights import Sights
from freckle.server.rooms.trials import Trials
from freckle.server.users import LOCAL, User


class Store(
    Accounts,
    Sessions,
    Members,
    Trials,
    Photos,
    Projects,
    History,
    Pictures,
    OwnPresets,
    Favourites,
    Posters,
    Approvals,
    Sets,
    Sights,
    Shares,
    Guests,
    Guides,
    Desk,
    Events,
):
    """The database. Every method is blocking and safe to call from several threads."""

    def __init__(self, url: str, quota: Quota | None = None) -> None:
        """Open the database at an SQLAlchemy URL and bring it to today's version.

        `quota` is what a workspace may hold where nothing else is set for it.
        """
        super().__init__(_ready(url))
        self._quota = quota or Quota()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _ready(url: str) -> Engine:
    engine = connect(url)
    migrate(engine)
    return engine


__all__ = [
    "LOCAL",
    "SESSION_MS",
    "NewStep",
    "Revision",
    "Store",
    "StoredPhoto",
    "StoredProject",
    "User",
]
