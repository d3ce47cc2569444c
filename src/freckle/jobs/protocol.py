"""How a program and its worker processes talk: length, length, JSON, bytes.

Nothing is pickled: a worker that was taken over by a hostile file can send numbers, text and
picture bytes, and nothing else.
"""

import json
import struct
from asyncio import StreamReader
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

LENGTHS: Final = struct.Struct("<II")
LARGEST: Final = 1 << 28
"""Longest message part in bytes; whole files travel by path instead."""


@dataclass(frozen=True, slots=True)
class Message:
    """A small JSON object, and bytes beside it."""

    head: dict[str, Any]
    body: bytes = b""

    def pack(self) -> bytes:
        """Return the message as it travels."""
        head = json.dumps(self.head, separators=(",", ":")).encode()
        return b"".join((LENGTHS.pack(len(head), len(self.body)), head, self.body))


def receive(stream: BinaryIO) -> Message:
    """Read one message. Raises `EOFError` when the other side is gone."""
    head, body = _lengths(_exactly(stream, LENGTHS.size))
    return Message(json.loads(_exactly(stream, head)), _exactly(stream, body))


async def receive_async(stream: StreamReader) -> Message:
    """Read one message. Raises `asyncio.IncompleteReadError` when the other side is gone."""
    head, body = _lengths(await stream.readexactly(LENGTHS.size))
    text = await stream.readexactly(head)
    return Message(json.loads(text), await stream.readexactly(body) if body else b"")


def _lengths(packed: bytes) -> tuple[int, int]:
    head, body = LENGTHS.unpack(packed)
    if max(head, body) > LARGEST:
        raise EOFError("not a message")
    return head, body


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = stream.read(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
