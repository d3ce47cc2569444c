"""Read a multipart upload as it streams in, straight to the disk, and stop when it is too large."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

import anyio.to_thread
from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header

from freckle.server.bodies import too_large
from freckle.server.originals import Incoming
from freckle.server.problems import WebError

BLOCK: Final = 1 << 20
"""Bytes gathered before they are handed to the disk's thread."""


@dataclass(slots=True)
class _Part:
    """The part of the body that is being read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytes = b""
    value: bytes = b""
    wanted: bool = False


class FileField:
    """Picks the part called `file` out of a multipart body."""

    def __init__(self, content_type: str) -> None:
        """Prepare for a body of this type. Raises `bad_request` when it is not multipart."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise _malformed()
        self.filename = ""
        self.found = False
        self._part = _Part()
        self._pieces: list[bytes] = []
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._content,
            },
        )

    def feed(self, chunk: bytes) -> bytes:
        """Take a piece of the body and return the piece of the file that was in it."""
        try:
            self._parser.write(chunk)
        except MultipartParseError:
            raise _malformed() from None
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content

    def _begin(self) -> None:
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._part.name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.value += data[start:end]

    def _header_end(self) -> None:
        self._part.headers[self._part.name.lower()] = self._part.value
        self._part.name = self._part.value = b""

    def _headers_finished(self) -> None:
        disposition = self._part.headers.get(b"content-disposition", b"")
        _, options = parse_options_header(disposition)
        self._part.wanted = not self.found and options.get(b"name") == b"file"
        if self._part.wanted:
            self.found = True
            self.filename = options.get(b"filename", b"").decode("utf-8", "replace")

    def _content(self, data: bytes, start: int, end: int) -> None:
        if self._part.wanted:
            self._pieces.append(data[start:end])


async def receive_file(
    body: AsyncIterator[bytes], content_type: str, incoming: Incoming, limit: int
) -> str:
    """Write the upload's file into `incoming` and return the name the user's machine gave it.

    Raises `too_large_file` as soon as more than `limit` bytes have come, `bad_request` for a body
    that is no upload or stops early.
    """
    part = FileField(content_type)
    block = bytearray()
    async for chunk in body:
        block += part.feed(chunk)
        if incoming.size + len(block) > limit:
            raise too_large(limit)
        if len(block) >= BLOCK:
            await anyio.to_thread.run_sync(incoming.write, bytes(block))
            block.clear()
    if not part.found:
        raise _malformed()
    incoming.write(bytes(block))
    await anyio.to_thread.run_sync(incoming.finish)
    return part.filename


def display_name(filename: str) -> str:
    """Make a file name from a stranger presentable: no folders, no control characters."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable()).strip()
    return clean[:255] or "photo"


def _malformed() -> WebError:
    return WebError(
        "bad_request",
        "The upload did not arrive whole.",
        "Send the photo again, as the form field `file`.",
    )
