"""Who changed what in a workspace, and when."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0008"
down_revision: Final = "0007"


def upgrade() -> None:
    """Make the list of events; it begins empty."""
    workspace = sa.ForeignKey("workspaces.id", name="fk_events_workspace")
    op.create_table(
        "events",
        sa.Column("id", sa.Integer),
        sa.Column("workspace", sa.String(64), workspace, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_workspace", "events", ["workspace", "id"])
