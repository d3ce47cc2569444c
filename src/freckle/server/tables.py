"""The tables. A row belongs to a workspace, and who is in it is said by the memberships."""

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _to(name: str, table: str, **options: Any) -> Column[str]:
    """Return a column that refers to another table's id."""
    return Column(name, String(64), ForeignKey(f"{table}.id"), nullable=False, **options)


def _moment(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


USERS: Final = Table(
    "users",
    METADATA,
    Column("id", String(64), primary_key=True),
    _moment("created"),
    Column("name", String(120), nullable=False, server_default=""),
    Column("login", String(254)),  # in lower case; None: nobody can sign in with a password
    Column("password", String(255)),  # argon2id, with its salt and cost
    Column("administrator", Boolean, nullable=False, server_default=false()),
    Index("ix_users_login", "login", unique=True),
)

WORKSPACES: Final = Table(
    "workspaces",
    METADATA,
    Column("id", String(64), primary_key=True),
    _moment("created"),
    Column("name", String(120), nullable=False, server_default=""),
)

MEMBERSHIPS: Final = Table(
    "memberships",
    METADATA,
    _to("workspace", "workspaces", primary_key=True),
    _to("user", "users", primary_key=True, index=True),
    Column("role", String(16), nullable=False),
    _moment("created"),
)

QUOTAS: Final = Table(
    "quotas",
    METADATA,
    _to("workspace", "workspaces", primary_key=True),
    Column("bytes", BigInteger),
    Column("photos", Integer),
    Column("projects", Integer),
)
"""What a workspace may hold where that is not what the server gives to all."""

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("secret", String(64), primary_key=True),  # SHA-256 of the cookie: a leak opens nothing
    Column("id", String(32), nullable=False),
    _to("user", "users", index=True),
    _to("workspace", "workspaces"),
    Column("browser", String(120), nullable=False),
    _moment("created"),
    _moment("expires"),
)

PASSKEYS: Final = Table(
    "passkeys",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("user", "users", index=True),
    Column("credential", String(1400), nullable=False, unique=True),  # base64url
    Column("key", String(4000), nullable=False),  # COSE, base64url: public
    Column("count", BigInteger, nullable=False),
    Column("name", String(120), nullable=False),
    _moment("created"),
)

IDENTITIES: Final = Table(
    "identities",
    METADATA,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    _to("user", "users", index=True),
    _moment("created"),
)

INVITATIONS: Final = Table(
    "invitations",
    METADATA,
    Column("secret", String(64), primary_key=True),  # SHA-256 of what the link holds
    Column("id", String(32), nullable=False, unique=True),
    _to("workspace", "workspaces", index=True),
    _to("author", "users"),
    Column("role", String(16), nullable=False),
    Column("note", String(120), nullable=False),
    _moment("created"),
    _moment("expires"),
)

CHALLENGES: Final = Table(
    "challenges",
    METADATA,
    Column("secret", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    _moment("expires"),
)
"""What was asked of a browser and is good for one answer: passkeys, another site's sign-in."""

FAILURES: Final = Table(
    "failures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", String(64), nullable=False, index=True),
    _moment("at"),
)
"""Sign-ins that failed, by the hash of what was tried and of where from."""

PHOTOS: Final = Table(
    "photos",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("owner", "users", index=True),
    _to("workspace", "workspaces"),
    Column("digest", String(64), nullable=False),
    Column("name", String(255), nullable=False),
    Column("format", String(16), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("taken", String(19)),  # as the camera's clock said, 2026-05-01T12:00:00; or None
    _moment("created"),
    UniqueConstraint("workspace", "digest"),
)

PROJECTS: Final = Table(
    "projects",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("owner", "users", index=True),
    _to("workspace", "workspaces"),
    Column("name", String(255), nullable=False),
    _moment("created"),
    _moment("updated"),
    Column("opened", BigInteger, nullable=False, server_default=text("0")),
    Index("ix_projects_workspace", "workspace", "updated"),
)

PICTURES: Final = Table(
    "pictures",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("project", String(32), ForeignKey("projects.id"), nullable=False),
    Column("place", Integer, nullable=False),  # in the project, 0 is the first
    Column("photo", String(32), ForeignKey("photos.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    _moment("created"),
    UniqueConstraint("project", "place"),
)

REVISIONS: Final = Table(
    "revisions",
    METADATA,
    Column("picture", String(32), ForeignKey("pictures.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    _to("author", "users", index=True),
    Column("label", String(200), nullable=False),
    Column("recipe", JSON, nullable=False),
    _moment("created"),
)
"""Append-only; the primary key makes a second write of the same revision fail."""

PRESETS: Final = Table(
    "presets",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("owner", "users"),
    Column("name", String(80), nullable=False),
    Column("recipe", JSON, nullable=False),
    Column("favourite", Boolean, nullable=False),
    Column("place", Integer, nullable=False),  # in the person's own order; equal ones by their ids
    _moment("created"),
    UniqueConstraint("owner", "name"),
)
"""What a person saved to use again: theirs alone, in whichever workspace they are."""

FAVOURITES: Final = Table(
    "favourites",
    METADATA,
    _to("owner", "users", primary_key=True),
    Column("preset", String(80), primary_key=True),
)
"""Which of the built-in presets a person likes best, by their names."""

SETS: Final = Table(
    "sets",
    METADATA,
    Column("id", String(32), primary_key=True),
    _to("owner", "users"),
    _to("workspace", "workspaces"),
    Column("name", String(255), nullable=False),
    _moment("created"),
    _moment("updated"),
    Index("ix_sets_workspace", "workspace", "updated"),
)

SET_PHOTOS: Final = Table(
    "set_photos",
    METADATA,
    # the key says that a project is in one set at most
    Column("project", String(32), ForeignKey("projects.id"), primary_key=True),
    Column("set", String(32), ForeignKey("sets.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("stars", Integer, nullable=False),  # 0 to 5
    Column("flag", Integer, nullable=False),  # 1 picked, -1 rejected, 0 neither
    # kinds of suggestions that somebody waved aside, with spaces between
    Column("dismissed", String(64), nullable=False, server_default=""),
    Index("ix_set_photos_set", "set", "place", "project"),
)

SIGHTS: Final = Table(
    "sights",
    METADATA,
    Column("photo", String(32), ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),  # of what is measured
    Column("seen", JSON, nullable=False),  # {}: it could not be opened
)
"""What suggestions know of a photo: measures, nothing that tells people apart."""

LOOK_THROUGHS: Final = Table(
    "look_throughs",
    METADATA,
    Column("set", String(32), ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
    _to("user", "users"),
    _moment("beat"),  # when somebody last worked on it: a server that died beats no more
)
"""Sets whose photos are being looked through."""

POSTERS: Final = Table(
    "posters",
    METADATA,
    Column("project", String(32), ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),  # how often it was written
    Column("poster", JSON, nullable=False),
)
"""What is designed with a project's photo."""

GUIDES: Final = Table(
    "guides",
    METADATA,
    Column("workspace", String(64), ForeignKey("workspaces.id", ondelete="CASCADE"),
           primary_key=True),
    Column("content", LargeBinary, nullable=False),  # its ZIP
)  # fmt: skip
"""The style guide of a workspace."""

APPROVALS: Final = Table(
    "approvals",
    METADATA,
    Column("project", String(32), ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),  # of the first picture: later ones are not meant
    Column("by", String(120), nullable=False),  # the name that they had
    _moment("at"),
)
"""Projects that an approver called finished, as they were at a revision."""

OLD_VERSIONS: Final = Table(
    "schema_versions",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""Where the first releases look for the version: 2 tells them that it is not theirs."""
