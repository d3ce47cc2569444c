"""Which of the built-in presets a person likes best."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0010"
down_revision: Final = "0009"


def upgrade() -> None:
    """Make the list; nobody has a favourite yet."""
    owner = sa.ForeignKey("users.id", name="fk_favourites_owner")
    op.create_table(
        "favourites",
        sa.Column("owner", sa.String(64), owner, nullable=False),
        sa.Column("preset", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("owner", "preset", name="pk_favourites"),
    )
