"""Share links: pictures shown to guests, what they said, and when they came."""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0005"
down_revision: Final = "0004"


def upgrade() -> None:
    """Make the tables of share links."""
    op.create_table(
        "shares",
        sa.Column("id", sa.String(32)),
        sa.Column("secret", sa.String(64), nullable=False),
        _to("shares", "workspace", "workspaces", 64),
        _to("shares", "author", "users", 64),
        sa.Column("guest", sa.String(120), nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("terms", sa.JSON, nullable=False),
        _moment("created"),
        _moment("expires", nullable=True),
        _moment("revoked", nullable=True),
        _moment("touched"),
        _moment("confirmed", nullable=True),
        sa.Column("receipt", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        sa.UniqueConstraint("secret", name="uq_shares_secret"),
    )
    op.create_table(
        "shared",
        _to("shared", "share", "shares"),
        _to("shared", "picture", "pictures"),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("decision", sa.String(16)),
        sa.PrimaryKeyConstraint("share", "picture", name="pk_shared"),
    )
    op.create_table(
        "remarks",
        sa.Column("id", sa.String(32)),
        _to("remarks", "share", "shares"),
        _to("remarks", "picture", "pictures"),
        _to("remarks", "author", "users", 64, nullable=True),
        sa.Column("x", sa.Float),
        sa.Column("y", sa.Float),
        sa.Column("text", sa.String(2000), nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("id", name="pk_remarks"),
    )
    op.create_table(
        "visits",
        sa.Column("secret", sa.String(64)),
        _to("visits", "share", "shares"),
        sa.Column("browser", sa.String(120), nullable=False),
        _moment("created"),
        _moment("expires"),
        sa.PrimaryKeyConstraint("secret", name="pk_visits"),
    )
    for table, column in (
        ("shares", "workspace"),
        ("shared", "picture"),
        ("remarks", "share"),
        ("remarks", "picture"),
        ("visits", "share"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _to(
    table: str, name: str, other: str, length: int = 32, *, nullable: bool = False
) -> sa.Column[str]:
    reference = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.String(length), reference, nullable=nullable)


def _moment(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, **{"nullable": False, **options})
