"""Passwords are kept as argon2id; working one out takes memory, so few are worked out at once."""

from typing import Final

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE: Final = 2


class Passwords:
    """Hashes and checks passwords."""

    def __init__(self, cost: tuple[int, int, int]) -> None:
        """Use a cost: passes, KiB of memory, lanes (RFC 9106)."""
        passes, memory, lanes = cost
        hasher = Argon2Hasher(time_cost=passes, memory_cost=memory, parallelism=lanes)
        self._hash = PasswordHash((hasher,))
        self._nobody = self._hash.hash("nobody has this password")
        self._line = CapacityLimiter(AT_ONCE)

    async def hash(self, password: str) -> str:
        """Return what is kept of a password, with a salt of its own."""
        return await to_thread.run_sync(self._hash.hash, password, limiter=self._line)

    async def fits(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Say whether a password is the one that was kept, and what to keep if its cost is old.

        Where there is none it takes as long, so that nobody learns whether an account exists.
        """
        fitting, newer = await to_thread.run_sync(
            self._hash.verify_and_update, password, kept or self._nobody, limiter=self._line
        )
        return (fitting, newer) if kept else (False, None)
