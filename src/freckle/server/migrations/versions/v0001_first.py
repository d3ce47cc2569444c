"""Photos, projects and their history, of users and workspaces that are names."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None


def upgrade() -> None:
    """Make the tables of the first releases."""
    for name in ("users", "workspaces"):
        op.create_table(
            name,
            sa.Column("name", sa.String(64)),
            _moment("created"),
            sa.PrimaryKeyConstraint("name", name=f"pk_{name}"),
        )
    op.create_table(
        "sessions",
        sa.Column("secret", sa.String(64)),
        *_belonging("sessions"),
        _moment("expires"),
        sa.PrimaryKeyConstraint("secret", name="pk_sessions"),
    )
    _photos()
    _projects()
    for name in ("sessions", "photos", "projects", "revisions"):
        op.create_index(f"ix_{name}_owner", name, ["owner"])


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("id", sa.String(32)),
        *_belonging("photos"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("warnings", sa.JSON, nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        sa.UniqueConstraint(
            "owner", "workspace", "digest", name="uq_photos_owner_workspace_digest"
        ),
    )


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.String(32)),
        *_belonging("projects"),
        sa.Column("photo", sa.String(32), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        _moment("created"),
        _moment("updated"),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.ForeignKeyConstraint(["photo"], ["photos.id"], name="fk_projects_photo"),
    )
    op.create_table(
        "revisions",
        sa.Column("project", sa.String(32)),
        sa.Column("revision", sa.Integer, autoincrement=False),
        *_belonging("revisions"),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("recipe", sa.JSON, nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("project", "revision", name="pk_revisions"),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_revisions_project"),
    )


def _belonging(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["users.name"], name=f"fk_{table}_owner"),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.name"], name=f"fk_{table}_workspace"),
    ]


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
