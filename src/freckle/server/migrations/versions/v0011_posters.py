"""The poster of a project: one on the server, for every browser and everybody who works on it."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0011"
down_revision: Final = "0010"


def upgrade() -> None:
    """Make the table; browsers bring the posters that they have kept."""
    project = sa.ForeignKey("projects.id", name="fk_posters_project", ondelete="CASCADE")
    op.create_table(
        "posters",
        sa.Column("project", sa.String(32), project, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("poster", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_posters"),
    )
