"""The tables: every row says who owns it and in which workspace it lies."""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _owner() -> Column[str]:
    return Column("owner", String(64), ForeignKey("users.name"), nullable=False, index=True)


def _workspace() -> Column[str]:
    return Column("workspace", String(64), ForeignKey("workspaces.name"), nullable=False)


USERS: Final = Table(
    "users",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("created", BigInteger, nullable=False),
)

WORKSPACES: Final = Table(
    "workspaces",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("created", BigInteger, nullable=False),
)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("secret", String(64), primary_key=True),  # SHA-256 of the cookie: a leak opens nothing
    _owner(),
    _workspace(),
    Column("expires", BigInteger, nullable=False),
)

PHOTOS: Final = Table(
    "photos",
    METADATA,
    Column("id", String(32), primary_key=True),
    _owner(),
    _workspace(),
    Column("digest", String(64), nullable=False),
    Column("name", String(255), nullable=False),
    Column("format", String(16), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("created", BigInteger, nullable=False),
    UniqueConstraint("owner", "workspace", "digest"),
)

PROJECTS: Final = Table(
    "projects",
    METADATA,
    Column("id", String(32), primary_key=True),
    _owner(),
    _workspace(),
    Column("photo", String(32), ForeignKey("photos.id"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
)

REVISIONS: Final = Table(
    "revisions",
    METADATA,
    Column("project", String(32), ForeignKey("projects.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    _owner(),
    _workspace(),
    Column("label", String(200), nullable=False),
    Column("recipe", JSON, nullable=False),
    Column("created", BigInteger, nullable=False),
)
"""Append-only; the primary key makes a second write of the same revision fail."""
