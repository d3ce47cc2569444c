"""What a workspace may hold, where that is not what the server gives to all."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0007"
down_revision: Final = "0006"


def upgrade() -> None:
    """Add a table; until a row is written, nothing is limited that was not before."""
    op.create_table(
        "quotas",
        sa.Column("workspace", sa.String(64)),
        sa.Column("bytes", sa.BigInteger),
        sa.Column("photos", sa.Integer),
        sa.Column("projects", sa.Integer),
        sa.PrimaryKeyConstraint("workspace", name="pk_quotas"),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name="fk_quotas_workspace"),
    )
