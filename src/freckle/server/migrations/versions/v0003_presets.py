"""Presets that people save, which until now stayed in one browser."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "presets",
        sa.Column("id", sa.String(32)),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("recipe", sa.JSON, nullable=False),
        sa.Column("favourite", sa.Boolean, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_presets"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_presets_owner"),
        sa.UniqueConstraint("owner", "name", name="uq_presets_owner_name"),
    )
