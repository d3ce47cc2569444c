"""When a project was last opened."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0006"
down_revision: Final = "0005"


def upgrade() -> None:
    """Let older ones have been opened when they were last changed."""
    opened = sa.Column("opened", sa.BigInteger, nullable=False, server_default=sa.text("0"))
    op.add_column("projects", opened)
    op.execute("UPDATE projects SET opened = updated")
