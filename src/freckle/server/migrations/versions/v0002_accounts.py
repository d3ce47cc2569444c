"""Accounts, memberships, and projects of several pictures.

Names of users and workspaces become their ids, and the pictures of older projects have their
projects' ids, so that nothing that refers to them needs to change.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"


def upgrade() -> None:
    """Lift the tables; sessions end, and whoever owned something may do everything with it."""
    op.drop_table("sessions")
    _people()
    _memberships()
    _ways_in()
    _invitations()
    _photos()
    _pictures()
    _revisions()
    _projects()
    _warn_older_releases()


def _warn_older_releases() -> None:
    """Older releases read their version here, and leave alone what is newer than theirs."""
    if not sa.inspect(op.get_bind()).has_table("schema_versions"):
        op.create_table(
            "schema_versions",
            sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        )
    op.execute("DELETE FROM schema_versions")
    op.execute("INSERT INTO schema_versions VALUES (2)")


def _people() -> None:
    for table in ("users", "workspaces"):
        op.alter_column(table, "name", new_column_name="id", existing_type=sa.String(64))
        op.add_column(table, sa.Column("name", sa.String(120), nullable=False, server_default=""))
        op.execute(f"UPDATE {table} SET name = id")  # noqa: S608 - two words of our own
    op.add_column("users", sa.Column("login", sa.String(254)))
    op.add_column("users", sa.Column("password", sa.String(255)))
    administrator = sa.Column(
        "administrator", sa.Boolean, nullable=False, server_default=sa.false()
    )
    op.add_column("users", administrator)
    op.create_index("ix_users_login", "users", ["login"], unique=True)


def _memberships() -> None:
    op.create_table(
        "memberships",
        _to("memberships", "workspace", "workspaces"),
        _to("memberships", "user", "users"),
        sa.Column("role", sa.String(16), nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("workspace", "user", name="pk_memberships"),
    )
    op.create_index("ix_memberships_user", "memberships", ["user"])
    op.execute(
        'INSERT INTO memberships (workspace, "user", role, created)'
        " SELECT DISTINCT p.workspace, p.owner, 'admin', u.created"
        " FROM (SELECT workspace, owner FROM photos UNION SELECT workspace, owner FROM projects) p"
        " JOIN users u ON u.id = p.owner"
    )


def _ways_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("secret", sa.String(64)),
        sa.Column("id", sa.String(32), nullable=False),
        _to("sessions", "user", "users"),
        _to("sessions", "workspace", "workspaces"),
        sa.Column("browser", sa.String(120), nullable=False),
        _moment("created"),
        _moment("expires"),
        sa.PrimaryKeyConstraint("secret", name="pk_sessions"),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(32)),
        _to("passkeys", "user", "users"),
        sa.Column("credential", sa.String(1400), nullable=False),
        sa.Column("key", sa.String(4000), nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential", name="uq_passkeys_credential"),
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(255)),
        sa.Column("subject", sa.String(255)),
        _to("identities", "user", "users"),
        _moment("created"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
    )
    for table in ("sessions", "passkeys", "identities"):
        op.create_index(f"ix_{table}_user", table, ["user"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("secret", sa.String(64)),
        sa.Column("id", sa.String(32), nullable=False),
        _to("invitations", "workspace", "workspaces"),
        _to("invitations", "author", "users"),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        _moment("created"),
        _moment("expires"),
        sa.PrimaryKeyConstraint("secret", name="pk_invitations"),
        sa.UniqueConstraint("id", name="uq_invitations_id"),
    )
    op.create_index("ix_invitations_workspace", "invitations", ["workspace"])
    op.create_table(
        "challenges",
        sa.Column("secret", sa.String(64)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        _moment("expires"),
        sa.PrimaryKeyConstraint("secret", name="pk_challenges"),
    )
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer),
        sa.Column("subject", sa.String(64), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
    )
    op.create_index("ix_failures_subject", "failures", ["subject"])


def _photos() -> None:
    """Let a workspace have each file once: of several registrations one stays."""
    op.execute(
        "UPDATE projects SET photo = (SELECT MIN(kept.id) FROM photos kept JOIN photos mine"
        " ON mine.workspace = kept.workspace AND mine.digest = kept.digest"
        " WHERE mine.id = projects.photo)"
    )
    op.execute(
        "DELETE FROM photos WHERE id NOT IN (SELECT MIN(id) FROM photos GROUP BY workspace, digest)"
    )
    with op.batch_alter_table("photos") as photos:
        photos.drop_constraint("uq_photos_owner_workspace_digest", type_="unique")
        photos.create_unique_constraint("uq_photos_workspace_digest", ["workspace", "digest"])


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", sa.String(32)),
        sa.Column("project", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("photo", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        _moment("created"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_pictures_project"),
        sa.ForeignKeyConstraint(["photo"], ["photos.id"], name="fk_pictures_photo"),
        sa.UniqueConstraint("project", "place", name="uq_pictures_project_place"),
    )
    op.create_index("ix_pictures_photo", "pictures", ["photo"])
    op.execute(
        "INSERT INTO pictures (id, project, place, photo, revision, created)"
        " SELECT id, id, 0, photo, revision, created FROM projects"
    )


def _revisions() -> None:
    op.drop_index("ix_revisions_owner", "revisions")
    with op.batch_alter_table("revisions") as revisions:
        for column in ("project", "owner", "workspace"):
            revisions.drop_constraint(f"fk_revisions_{column}", type_="foreignkey")
        revisions.alter_column("project", new_column_name="picture", existing_type=sa.String(32))
        revisions.alter_column("owner", new_column_name="author", existing_type=sa.String(64))
        revisions.drop_column("workspace")
    with op.batch_alter_table("revisions") as revisions:
        revisions.create_foreign_key("fk_revisions_picture", "pictures", ["picture"], ["id"])
        revisions.create_foreign_key("fk_revisions_author", "users", ["author"], ["id"])
    op.create_index("ix_revisions_author", "revisions", ["author"])


def _projects() -> None:
    with op.batch_alter_table("projects") as projects:
        projects.drop_constraint("fk_projects_photo", type_="foreignkey")
        projects.drop_column("photo")
        projects.drop_column("revision")
    op.create_index("ix_projects_workspace", "projects", ["workspace", "updated"])


def _to(table: str, name: str, other: str) -> sa.Column[str]:
    reference = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.String(64), reference, nullable=False)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
