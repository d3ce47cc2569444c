"""Sets of photos, and when photos were taken."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"


def upgrade() -> None:
    """Make their tables; of photos that are there already nobody knows when they were taken."""
    op.add_column("photos", sa.Column("taken", sa.String(19)))
    op.create_table(
        "sets",
        sa.Column("id", sa.String(32)),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sets"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_sets_owner"),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name="fk_sets_workspace"),
    )
    op.create_index("ix_sets_workspace", "sets", ["workspace", "updated"])
    op.create_table(
        "set_photos",
        sa.Column("project", sa.String(32)),
        sa.Column("set", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("flag", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_set_photos"),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_set_photos_project"),
        sa.ForeignKeyConstraint(["set"], ["sets.id"], name="fk_set_photos_set"),
    )
    op.create_index("ix_set_photos_set", "set_photos", ["set", "place", "project"])
