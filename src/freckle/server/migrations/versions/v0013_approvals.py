"""What approvers called finished: a project at a revision."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0013"
down_revision: Final = "0012"


def upgrade() -> None:
    """Make the table; nothing is approved yet."""
    project = sa.ForeignKey("projects.id", name="fk_approvals_project", ondelete="CASCADE")
    op.create_table(
        "approvals",
        sa.Column("project", sa.String(32), project, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_approvals"),
    )
