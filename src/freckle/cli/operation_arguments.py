"""The arguments of commands for whoever runs a server."""

import argparse
import ipaddress
import os
from pathlib import Path
from typing import Final

from freckle.cli import values

QUOTA: Final = """Say what the workspaces of a server hold and may hold, or limit one of them. The
server may run meanwhile. What is not given stays what `freckle serve` gives to all."""
BACKUP: Final = """Write everything that a server keeps into one file: its database as it is at one
moment, all originals, finished files, and a list with their SHA-256. The server may run meanwhile.
Exit code 5 where an original is lost or damaged; all others are in the file."""
RESTORE: Final = """Put a backup back into a new folder, and with --database into a new database.
Every file is checked; nothing is there until all of it is right. Backups of SQLite may go to
PostgreSQL and the other way round."""
WHOLE: Final = 1 << 31


def proxy_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle serve` takes about proxies and room."""
    group = parser.add_argument_group("for many people: docs/operations.md")
    group.add_argument(
        "--trusted-proxy",
        metavar="CIDR",
        type=network,
        action="append",
        default=[],
        dest="trusted",
        help="believe X-Forwarded-For and -Proto of proxies there; repeatable",
    )
    group.add_argument(
        "--shared",
        action="store_true",
        help="more servers of this folder and database run beside it, all with --shared",
    )
    quota_options(group, "each workspace")


def quota_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle quota` takes."""
    data_arguments(parser)
    parser.add_argument("workspace", metavar="WORKSPACE", nargs="?", help="its id, to limit it")
    quota_options(parser, "it")


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle backup` takes."""
    data_arguments(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `freckle restore` takes."""
    parser.add_argument("input", metavar="FILE", type=Path, help="the backup; only read")
    data_arguments(parser, "a folder that is empty or not there")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def data_arguments(parser: argparse.ArgumentParser, what: str = "the server's data folder") -> None:
    """Add a data folder and its database."""
    parser.add_argument("data", metavar="DATA", type=Path, help=what)
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("FRECKLE_DATABASE"),
        help="postgresql://user:password@host/name; default: a file in DATA",
    )


def quota_options(group: argparse._ActionsContainer, whose: str) -> None:
    """Add limits."""
    group.add_argument(
        "--quota", metavar="SIZE", type=size, help=f"bytes of files for {whose}, as 50GB"
    )
    group.add_argument("--quota-photos", metavar="N", type=_many, help=f"photos of {whose}")
    group.add_argument("--quota-projects", metavar="N", type=_many, help=f"projects of {whose}")


def network(text: str) -> str:
    """Read a network such as 10.0.0.0/8, or one address."""
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no network such as 10.0.0.0/8") from None


def size(text: str) -> int:
    """Read a number of bytes."""
    from freckle.server.quota import read_size  # noqa: PLC0415 - other commands start without it

    try:
        return read_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _many(text: str) -> int:
    return values.number(text, 0, WHOLE - 1, "number")


COMMANDS: Final = {
    "backup": ("keep a server's data in a file", BACKUP, backup_arguments),
    "restore": ("put a backup back", RESTORE, restore_arguments),
    "quota": ("say what workspaces hold, limit them", QUOTA, quota_arguments),
}
"""What each of them is for."""
