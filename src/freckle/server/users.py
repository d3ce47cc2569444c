"""Who asks, in which workspace, and what a role may do there."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Role = Literal["viewer", "editor", "approver", "admin"]
"""Each may do what those before it may: look; change; approve; say who belongs to a workspace."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class User:
    """Who asks: their id, the workspace they work in (its id), and their role there."""

    id: str
    workspace: str
    role: Role = "admin"
    name: str = ""
    administrator: bool = False
    """Of the server: may make workspaces."""

    def may(self, least: Role) -> bool:
        """Whether this role in the workspace is `least` or more."""
        return self.role in at_least(least)


LOCAL: Final = User("local", "local", "admin", "local", administrator=True)
"""The one user of a server on one's own machine; the first administrator takes their place."""


def at_least(role: Role) -> tuple[Role, ...]:
    """Return a role and all that may do more."""
    return ROLES[ROLES.index(role) :]
