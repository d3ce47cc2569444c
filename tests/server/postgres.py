"""A PostgreSQL server of the tests' own, where the programs are installed."""

import contextlib
import functools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine

from freckle.server.settings import Settings
from freckle.server.store import Store


def program(name: str) -> str:
    known = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(known[-1]) if known else shutil.which(name)
    if found is None:
        pytest.skip("there is no PostgreSQL on this machine")
    return found


def somebody() -> dict[str, int]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the address of its own database, before it listens."""
    as_whom, port = somebody(), free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        home = Path(place)
        if as_whom:
            os.chown(home, as_whom["user"], as_whom["group"])
        folder = home / "cluster"
        subprocess.run(
            [program("initdb"), "-D", folder, "-A", "trust", "-U", "freckle", "-N"],
            check=True,
            capture_output=True,
            cwd=home,
            **as_whom,
        )
        options = ["-D", folder, "-p", str(port), "-h", "127.0.0.1", "-k", home, "-F"]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [program("postgres"), *options], stdout=log, stderr=log, cwd=home, **as_whom
            )
        yield f"postgresql://freckle@127.0.0.1:{port}/postgres"
        server.send_signal(signal.SIGINT)  # whoever is still connected is not waited for
        server.wait(20)


RUNNING = contextlib.ExitStack()
"""The server that all tests of this process share, until `RUNNING.close()`."""


@functools.cache
def shared() -> Engine:
    """Start that server, and wait until it listens."""
    address = RUNNING.enter_context(cluster()).replace("postgresql:", "postgresql+pg8000:")
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    deadline = time.monotonic() + 120
    while True:
        with contextlib.suppress(Exception):
            engine.connect().close()
            return engine
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(0.1)


def database() -> str:
    """Give the address of an empty database."""
    name = f"of_{uuid.uuid4().hex}"
    with shared().connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return f"postgresql://freckle@127.0.0.1:{shared().url.port}/{name}"


def opened(address: str) -> Store:
    return Store(Settings(folder=Path(), database=address).database_url)
