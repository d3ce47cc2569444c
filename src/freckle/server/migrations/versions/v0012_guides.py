"""The style guide of a workspace: one, as its ZIP."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0012"
down_revision: Final = "0011"


def upgrade() -> None:
    """Make the table; no workspace has a guide yet."""
    workspace = sa.ForeignKey("workspaces.id", name="fk_guides_workspace", ondelete="CASCADE")
    op.create_table(
        "guides",
        sa.Column("workspace", sa.String(64), workspace, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_guides"),
    )
