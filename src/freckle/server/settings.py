"""What a server needs to know before it starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import platformdirs

from freckle.codec.credentials import Signing
from freckle.generate.choosing import Choice
from freckle.jobs.limits import share_of_memory
from freckle.publish.channels import Channel
from freckle.server.handover import Awaited
from freckle.server.quota import Quota
from freckle.server.rates import RATES, Kind, Rate

MEBI: Final = 1 << 20
CAGE_BYTES: Final = 96 * MEBI
"""What the process beside a worker holds that decodes its photos."""
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


def default_folder() -> Path:
    """Return the folder for photos and edits of this user of this machine."""
    return Path(platformdirs.user_data_dir("freckle", appauthor=False))


def _workers() -> int:
    return max(1, min(2, os.cpu_count() or 1))


def _memory() -> int:
    """Bytes one worker may address: its share of 40 % of the machine, never less than 4 GiB."""
    return share_of_memory(_workers(), 0.4)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Another site whose accounts open this server (OpenID Connect)."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str
    """What the button for it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things lie, who may come in, and the limits."""

    folder: Path = field(default_factory=default_folder)
    database: str | None = None
    """SQLAlchemy URL; None is an SQLite file in `folder`."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """Whoever knows it may open a session."""
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: frozenset[str] = LOOPBACK
    """Names this server answers to (Host header without port): defeats DNS rebinding."""
    public_url: str | None = None
    """Where browsers find this server when that is not where it listens: behind a proxy, or in the
    local network. Its host is answered to, and with `https` cookies never travel in the clear."""
    trusted: tuple[str, ...] = ()
    """Networks (CIDR) of proxies that are believed when they say who asks, and how they came."""
    rates: Mapping[Kind, Rate] = field(default_factory=lambda: RATES)
    """How often somebody may ask."""
    metrics_token: str = field(
        default_factory=lambda: os.environ.get("FRECKLE_METRICS_TOKEN", ""), repr=False
    )
    """With it /metrics answers to other machines, too; empty: only to this one."""
    quota: Quota = field(default_factory=Quota)
    """What a workspace may hold where nothing else is set for it."""
    accounts: bool = False
    """Whether people sign in; without, whoever has the start token is the one user there is."""
    shared: bool = False
    """Whether other servers of the same folder and database may run beside this one."""
    provider: ProviderSettings | None = None
    """With accounts: another way in."""
    argon2: tuple[int, int, int] = (3, 64 * 1024, 4)
    """Cost of a password: passes, KiB of memory, lanes. Less only makes sense in tests."""
    workers: int = field(default_factory=_workers)
    eager: bool = True
    """Start the workers with the server, so that the first photo does not wait for them."""
    worker_memory: int = field(default_factory=_memory)
    """Address space of one worker in bytes."""
    together: int = 2 << 30
    """Memory (bytes) of all workers between requests, whatever the machine has; in each of them
    the photo that was asked for last stays open, however large."""
    deadline: float = 60.0
    """Seconds a worker may work on one request before it is stopped."""
    decoding: float = 55.0
    """Seconds that a file may take to be decoded: its worker then lives on."""
    upload_bytes: int = 512 * MEBI
    body_bytes: int = 4 * MEBI
    """Largest body of any request but an upload."""
    export_bytes: int = 1024 * MEBI
    """Exported files kept for a repeated download, in bytes."""
    sample: Path | None = None
    """A portrait that the home page offers to try."""
    generator: Choice | None = field(default=None, repr=False)
    """The image generator that was set up; its key stays in this process and its child's."""
    channels: tuple[Channel, ...] = field(default=(), repr=False)
    """Accounts that pictures are posted with; their secrets stay in this process."""
    signing: Signing | None = field(default=None, repr=False)
    """With whose certificate downloads are signed where somebody asks for it."""
    awaited: Awaited | None = None
    """The one photo that is edited for another program."""

    @property
    def open_bytes(self) -> int:
        """Bytes that one worker holds, beside its cage."""
        return self.together // self.workers - CAGE_BYTES

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL in use."""
        if self.database is None:
            return f"sqlite+pysqlite:///{self.folder / 'freckle.sqlite'}"
        scheme, mark, rest = self.database.partition("://")
        driver = "postgresql+pg8000" if scheme in ("postgres", "postgresql") else scheme
        return f"{driver}{mark}{rest}"

    @property
    def names(self) -> frozenset[str]:
        """Host names accepted: the known ones, the one listened on and the public one."""
        public = urlsplit(self.public_url or "").hostname
        return self.hosts | {self.host} | ({public} if public else set())

    @property
    def secure(self) -> bool:
        """Whether browsers come by HTTPS."""
        return (self.public_url or "").startswith("https://")
