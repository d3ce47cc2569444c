"""What was seen in photos of sets, which sets are being looked through, what was waved aside."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0009"
down_revision: Final = "0008"


def upgrade() -> None:
    """Make the tables; nothing was looked at yet."""
    waved = sa.Column("dismissed", sa.String(64), nullable=False, server_default="")
    op.add_column("set_photos", waved)
    photo = sa.ForeignKey("photos.id", name="fk_sights_photo", ondelete="CASCADE")
    op.create_table(
        "sights",
        sa.Column("photo", sa.String(32), photo),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seen", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("photo", name="pk_sights"),
    )
    photo_set = sa.ForeignKey("sets.id", name="fk_look_throughs_set", ondelete="CASCADE")
    user = sa.ForeignKey("users.id", name="fk_look_throughs_user")
    op.create_table(
        "look_throughs",
        sa.Column("set", sa.String(32), photo_set),
        sa.Column("user", sa.String(64), user, nullable=False),
        sa.Column("beat", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("set", name="pk_look_throughs"),
    )
