"""A webhook: one signed request to an address of one's own (standardwebhooks.com).

The signature is HMAC-SHA256 over `id.timestamp.body`, so that nobody else can send one, and an old
one cannot be sent again.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from freckle.publish.post import Limits, Post, Published, PublishError
from freckle.publish.secret import Secret
from freckle.publish.wire import JSON, PATIENCE, Wire

MARK: Final = "whsec_"
"""How secrets begin that are base64 of the key."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address, and the key that it shares with us."""

    address: str
    secret: Secret
    patience: float = PATIENCE
    clock: Callable[[], float] = time.time

    def limits(self) -> Limits:
        """Whoever takes it knows."""
        return Limits()

    def publish(self, post: Post) -> Published:
        """Send the picture (base64) and its words."""
        moment, number = int(self.clock()), f"msg_{uuid4().hex}"
        content = {
            "type": "picture.published",
            "timestamp": datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z"),
            "data": {
                "name": post.name,
                "width": post.size[0],
                "height": post.size[1],
                "caption": post.caption,
                "alt": post.alt,
                "label": post.label,
                "media_type": "image/jpeg",
                "picture": base64.b64encode(post.picture).decode(),
            },
        }
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = {
            "Content-Type": JSON,
            "webhook-id": number,
            "webhook-timestamp": str(moment),
            "webhook-signature": signature(self.secret, number, moment, body),
        }
        wire, parts = Wire(self.address, self.secret, self.patience), urlsplit(self.address)
        wire.ask("POST", f"?{parts.query}" if parts.query else "", body, headers)
        return Published(f"{parts.scheme}://{parts.netloc}")


def signature(secret: Secret, number: str, moment: int, body: bytes) -> str:
    """Return the signature of a message. Raises `PublishError` for a key that is none."""
    text = secret.reveal()
    try:
        marked = text.startswith(MARK)
        key = base64.b64decode(text.removeprefix(MARK), validate=True) if marked else text.encode()
    except ValueError:
        key = b""
    if not key:
        raise PublishError("The webhook's secret is no key.", f"Write it as {MARK} and base64.")
    signed = hmac.digest(key, f"{number}.{moment}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode()}"
