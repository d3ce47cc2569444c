"""The tables of share links: what is shown to whom, what guests said, and when they came."""

from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Integer, String, Table, Text

from freckle.server.tables import METADATA


def _to(name: str, table: str, length: int = 32, **options: Any) -> Column[str]:
    """Return a column that refers to another table's id."""
    return Column(name, String(length), ForeignKey(f"{table}.id"), **options)


def _moment(name: str, **options: Any) -> Column[int]:
    return Column(name, BigInteger, **options)


SHARES: Final = Table(
    "shares",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),  # SHA-256 of what the link holds
    _to("workspace", "workspaces", 64, nullable=False, index=True),
    _to("author", "users", 64, nullable=False),
    Column("guest", String(120), nullable=False),
    Column("password", String(255)),  # argon2id; None: the link is enough
    Column("terms", JSON, nullable=False),
    _moment("created", nullable=False),
    _moment("expires"),  # None: until it is revoked
    _moment("revoked"),
    _moment("touched", nullable=False),  # when the guest last said something
    _moment("confirmed"),
    Column("receipt", Text),  # the very text that both sides download
)

SHARED: Final = Table(
    "shared",
    METADATA,
    _to("share", "shares", primary_key=True),
    _to("picture", "pictures", primary_key=True, index=True),
    Column("place", Integer, nullable=False),  # how guests name it, 0 is the first
    Column("revision", Integer, nullable=False),  # what is shown stays as it was when shared
    Column("decision", String(16)),
)

REMARKS: Final = Table(
    "remarks",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("share", "shares", nullable=False, index=True),
    _to("picture", "pictures", nullable=False, index=True),
    _to("author", "users", 64),  # None: the guest
    Column("x", Float),  # share of the width; None: about the whole picture
    Column("y", Float),
    Column("text", String(2000), nullable=False),
    _moment("created", nullable=False),
)

VISITS: Final = Table(
    "visits",
    METADATA,
    Column("secret", String(64), primary_key=True),  # SHA-256 of the guest's cookie
    _to("share", "shares", nullable=False, index=True),
    Column("browser", String(120), nullable=False),
    _moment("created", nullable=False),
    _moment("expires", nullable=False),
)
"""When a link was used, and what lets that browser see the pictures. No address is kept."""
