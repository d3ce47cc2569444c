"""Room: people, and what they sign in with: passwords, passkeys, identities at another site."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from freckle.server.problems import WebError, not_found
from freckle.server.rooms.room import Room, new_id, now
from freckle.server.tables import IDENTITIES, MEMBERSHIPS, PASSKEYS, USERS, WORKSPACES
from freckle.server.users import LOCAL, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a person signs in with; `password` is a hash, or None."""

    id: str
    name: str
    login: str | None
    password: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPasskey:
    """A public key; `credential` and `key` are base64url, `created` epoch ms."""

    id: str
    user: str
    credential: str
    key: str
    count: int
    name: str
    created: int


def taken() -> WebError:
    """Say that a name for signing in belongs to somebody else."""
    return WebError(
        "taken", "Somebody else signs in with this name.", "Choose another, or sign in with it."
    )


class Accounts(Room):
    """Keeps people and their ways in."""

    def __init__(self, engine: Engine) -> None:
        """Use a database; the one user of one's own machine is there from the start."""
        super().__init__(engine)
        self.register(LOCAL)

    def register(self, user: User) -> None:
        """Make sure that somebody, their workspace and their role in it are there."""
        moment = now()
        rows = (
            (USERS, {"id": user.id, "name": user.name, "administrator": user.administrator}),
            (WORKSPACES, {"id": user.workspace, "name": user.workspace}),
            (MEMBERSHIPS, {"workspace": user.workspace, "user": user.id, "role": user.role}),
        )
        for table, row in rows:
            keys = [column == row[column.name] for column in table.primary_key]
            try:
                with self._engine.begin() as connection:
                    if connection.execute(select(table).where(*keys)).first() is None:
                        connection.execute(insert(table).values(**row, created=moment))
            except IntegrityError:
                pass  # a second server on the same database was faster

    def has_administrator(self) -> bool:
        """Whether anybody who can sign in may administer this server."""
        known = or_(
            USERS.c.password.is_not(None),
            USERS.c.id.in_(select(PASSKEYS.c.user)),
            USERS.c.id.in_(select(IDENTITIES.c.user)),
        )
        query = select(func.count()).select_from(USERS).where(USERS.c.administrator, known)
        with self._engine.connect() as connection:
            return bool(connection.scalar(query))

    def claim_server(self, name: str, login: str, password: str, workspace: str) -> User:
        """Make the first administrator: the local user, with a name and a password from now on.

        `password` is a hash. Raises `taken` when there is one, however close the race.
        """
        first = update(USERS).where(USERS.c.id == LOCAL.id, USERS.c.password.is_(None))
        own = update(WORKSPACES).where(WORKSPACES.c.id == LOCAL.workspace)
        with self._engine.begin() as connection:
            values = {"name": name, "login": login, "password": password, "administrator": True}
            if connection.execute(first.values(values)).rowcount != 1:
                raise taken()
            connection.execute(own.values(name=workspace))
        return User(LOCAL.id, LOCAL.workspace, "admin", name, administrator=True)

    def account(self, user: str) -> Account:
        """Return what somebody signs in with. Raises `not_found`."""
        return self._account(USERS.c.id == user)

    def account_by_login(self, login: str) -> Account | None:
        """Return who signs in with a name, in lower case; None when nobody does."""
        try:
            return self._account(USERS.c.login == login)
        except WebError:
            return None

    def _account(self, condition: object) -> Account:
        columns = (USERS.c.id, USERS.c.name, USERS.c.login, USERS.c.password)
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(condition)).mappings().first()  # type: ignore[arg-type]
        if row is None:
            raise not_found("account")
        return Account(**dict(row))

    def set_password(self, user: User, password: str) -> None:
        """Keep the hash of somebody's new password."""
        with self._engine.begin() as connection:
            connection.execute(update(USERS).where(USERS.c.id == user.id).values(password=password))

    def set_name(self, user: User, name: str) -> None:
        """Call somebody differently."""
        with self._engine.begin() as connection:
            connection.execute(update(USERS).where(USERS.c.id == user.id).values(name=name))

    def member(self, user: str) -> User | None:
        """Return somebody in a workspace of theirs, None when they belong to none."""
        query = (
            select(
                USERS.c.id,
                MEMBERSHIPS.c.workspace,
                MEMBERSHIPS.c.role,
                USERS.c.name,
                USERS.c.administrator,
            )
            .join(MEMBERSHIPS, MEMBERSHIPS.c.user == USERS.c.id)
            .where(USERS.c.id == user)
            .order_by(MEMBERSHIPS.c.created, MEMBERSHIPS.c.workspace)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return User(*row) if row else None

    def passkeys(self, user: str) -> Sequence[StoredPasskey]:
        """Return somebody's passkeys, oldest first."""
        query = select(PASSKEYS).where(PASSKEYS.c.user == user).order_by(PASSKEYS.c.created)
        with self._engine.connect() as connection:
            return [StoredPasskey(**dict(r)) for r in connection.execute(query).mappings()]

    def passkey(self, credential: str) -> StoredPasskey | None:
        """Return the passkey of a credential that a browser showed."""
        query = select(PASSKEYS).where(PASSKEYS.c.credential == credential)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return StoredPasskey(**dict(row)) if row else None

    def add_passkey(self, user: User, name: str, credential: str, key: str, count: int) -> None:
        """Let somebody sign in with a key. Raises `taken` for one that is known already."""
        row = {"id": new_id(), "user": user.id, "name": name, "credential": credential}
        try:
            with self._engine.begin() as connection:
                more = {"key": key, "count": count, "created": now()}
                connection.execute(insert(PASSKEYS).values(**row, **more))
        except IntegrityError:
            raise WebError("taken", "This passkey is known.", "Use another device.") from None

    def use_passkey(self, passkey: str, count: int) -> None:
        """Note how often a passkey says that it was used."""
        with self._engine.begin() as connection:
            connection.execute(update(PASSKEYS).where(PASSKEYS.c.id == passkey).values(count=count))

    def remove_passkey(self, user: User, passkey: str) -> None:
        """Forget one of somebody's passkeys. Raises `not_found`, or `taken` for the last way in."""
        with self._engine.begin() as connection:
            mine = (PASSKEYS.c.user == user.id, PASSKEYS.c.id == passkey)
            if connection.execute(delete(PASSKEYS).where(*mine)).rowcount == 0:
                raise not_found("passkey")
            if not _has_way_in(connection, user.id):
                raise WebError(
                    "taken",
                    "This is the last way to sign in.",
                    "Set a password or add another passkey first.",
                )

    def identified_by(self, issuer: str, subject: str) -> str | None:
        """Return the user whom another site knows by `subject`."""
        query = select(IDENTITIES.c.user).where(
            IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject
        )
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(query)
        return found

    def add_identity(self, user: str, issuer: str, subject: str) -> None:
        """Let somebody sign in through another site. Raises `taken`."""
        row = {"issuer": issuer, "subject": subject, "user": user, "created": now()}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(IDENTITIES).values(row))
        except IntegrityError:
            raise taken() from None


def _has_way_in(connection: Connection, user: str) -> bool:
    ways = (
        select(USERS.c.id).where(USERS.c.id == user, USERS.c.password.is_not(None)),
        select(PASSKEYS.c.id).where(PASSKEYS.c.user == user),
        select(IDENTITIES.c.user).where(IDENTITIES.c.user == user),
    )
    return any(connection.execute(way).first() is not None for way in ways)
