"""Any server that speaks OpenAI's images protocol: hosted ones, and most that people run at home.

`POST {url}/images/generations` for words, `POST {url}/images/edits` (multipart) for words and a
picture; answers are `{"data": [{"b64_json": …}]}`. Only the address that was configured is asked.
"""

import base64
import binascii
import http.client
import json
import socket
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import GeneratorError, Refusal
from freckle.generate.form import form
from freckle.generate.wish import RGB8, Progress, Wish
from freckle.photo import Photo, Source

LIMIT: Final = 256 << 20
"""Bytes of an answer that are read at most."""
PATIENCE: Final = 300.0
"""Seconds that an answer may take."""
GLANCE: Final = 0.2
"""Seconds between two looks at whether the pictures are still wanted."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A server with an images endpoint."""

    url: str
    """Its base, as `http://127.0.0.1:7860/v1`."""
    model: str
    key: str = ""
    patience: float = PATIENCE

    @property
    def name(self) -> str:
        """The server's host."""
        return urlsplit(self.url).netloc or self.url

    def make(self, wish: Wish, progress: Progress) -> list[RGB8]:
        """Ask for the pictures; ends within a fifth of a second when `progress` raises."""
        wish.check()
        given = wish.image if wish.image is not None else wish.reference
        fields = self._fields(wish)
        if given is None:
            body, kind = json.dumps(fields).encode(), "application/json"
            answer = self._ask("images/generations", body, kind, progress)
        else:
            body, kind = form(fields, "image", ("image.png", "image/png", _png(given)))
            answer = self._ask("images/edits", body, kind, progress)
        progress(1.0)
        return [_picture(each, self.name) for each in _data(answer, self.name)][: wish.count]

    def _fields(self, wish: Wish) -> dict[str, Any]:
        words = wish.prompt
        if wish.negative:  # the protocol has no word of its own for it
            words += f"\nAvoid: {wish.negative}"
        width, height = wish.size
        fields: dict[str, Any] = {
            "model": self.model,
            "prompt": words,
            "n": wish.count,
            "size": f"{width}x{height}",
            "response_format": "b64_json",
        }
        # servers at home know these, hosted ones pass over them
        if wish.seed:
            fields["seed"] = wish.seed
        return fields

    def _ask(self, path: str, body: bytes, kind: str, progress: Progress) -> bytes:
        """Return the answer's body; a thread waits for it, so that one can stop at any time."""
        call = _Call(self, path, body, kind)
        thread = threading.Thread(target=call.run, daemon=True)
        started = time.monotonic()
        thread.start()
        try:
            while thread.is_alive():
                thread.join(GLANCE)
                waited = time.monotonic() - started
                if waited > self.patience:
                    raise GeneratorError(
                        f"{self.name} did not answer within {self.patience:.0f} seconds.",
                        "Ask for fewer candidates, or look whether the server is busy.",
                    )
                progress(min(0.95, waited / (waited + 15)))
        finally:
            call.close()
        if call.error is not None:
            raise call.error
        return call.answer


class _Call:
    """One request, which another thread may end."""

    def __init__(self, remote: Remote, path: str, body: bytes, kind: str) -> None:
        self.remote, self.path, self.body, self.kind = remote, path, body, kind
        self.answer = b""
        self.error: GeneratorError | None = None
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Ask, and keep the answer or what went wrong."""
        try:
            self.answer = self._exchanged()
        except GeneratorError as error:
            self.error = error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.error = GeneratorError(
                f"{self.remote.name} cannot be reached ({type(error).__name__}).",
                "Look at the address in the settings, and whether the server runs.",
            )

    def _exchanged(self) -> bytes:
        parts = urlsplit(self.remote.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise GeneratorError(
                f"{self.remote.url} is no address of a server.",
                "Write it as http://127.0.0.1:7860/v1.",
            )
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=self.remote.patience)
        headers = {"Content-Type": self.kind, "Accept": "application/json"}
        if self.remote.key:
            headers["Authorization"] = f"Bearer {self.remote.key}"
        target = f"{parts.path.rstrip('/')}/{self.path}"
        with closing(self._connection) as connection:
            connection.request("POST", target, self.body, headers)
            response = connection.getresponse()
            answer = response.read(LIMIT + 1)
        if response.status != http.HTTPStatus.OK:
            raise _refusal(response.status, answer, self.remote)
        if len(answer) > LIMIT:
            raise GeneratorError(
                f"{self.remote.name} sent more than {LIMIT >> 20} MB.", "Ask for fewer candidates."
            )
        return answer

    def close(self) -> None:
        """End the request, whatever it waits for."""
        if self._connection is not None and self._connection.sock is not None:
            with suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)


def _refusal(status: int, answer: bytes, remote: Remote) -> GeneratorError:
    """Say in one sentence what a server's error means."""
    said, code = _said(answer)
    if status in (401, 403):
        return GeneratorError(f"{remote.name} does not accept the key.", "Set a key that is valid.")
    if status == 404:
        return GeneratorError(
            f"{remote.name} has no such endpoint, or no model {remote.model}.",
            "Look at the address and at the model's name in the settings.",
        )
    if status == 429:
        return GeneratorError(
            f"{remote.name} has had too many requests, or the account is used up.",
            "Wait a little, or look at the account.",
        )
    if "policy" in code or "safety" in code or "moderation" in code:
        return GeneratorError(f"{remote.name} refuses this prompt.", "Say it in other words.")
    if "memory" in said.lower():
        return GeneratorError(
            f"{remote.name} has not enough memory.", "Ask for a smaller size or fewer candidates."
        )
    more = f": {said[:200]}" if said else ""
    return GeneratorError(f"{remote.name} answered {status}{more}.", "Look at the server's log.")


def _said(answer: bytes) -> tuple[str, str]:
    """Return a server's own words about an error, on one line, and its code."""
    try:
        error = json.loads(answer)["error"]
    except (ValueError, KeyError, TypeError):
        return "", ""
    if isinstance(error, str):
        return " ".join(error.split()), ""
    if not isinstance(error, dict):
        return "", ""
    code = f"{error.get('code') or ''} {error.get('type') or ''}"
    return " ".join(str(error.get("message") or "").split()), code


def _data(answer: bytes, name: str) -> list[Any]:
    try:
        data = json.loads(answer)["data"]
    except (ValueError, KeyError, TypeError):
        data = None
    if not isinstance(data, list) or not data:
        raise GeneratorError(
            f"{name} answered something that is no list of pictures.",
            "Look whether the address speaks OpenAI's images protocol.",
        )
    return data


def _picture(entry: Any, name: str) -> RGB8:
    """Read one picture of an answer; through the codec, as every stranger's file."""
    try:
        photo = load_bytes(base64.b64decode(entry["b64_json"], validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error, Refusal) as error:
        raise GeneratorError(
            f"{name} sent a picture that cannot be read.",
            "Let the server send pictures as b64_json.",
        ) from error
    pixels = photo.pixels if photo.pixels.dtype == np.uint8 else photo.pixels >> 8
    return np.asarray(pixels, np.uint8)


def _png(picture: RGB8) -> bytes:
    return encode(Photo(picture, Source("png", "")), SaveOptions(format="png"))
