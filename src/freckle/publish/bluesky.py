"""Bluesky and other servers of the AT protocol: a session, a blob, a post that embeds it.

https://docs.bsky.app/docs/advanced-guides/posts; lexicons app.bsky.feed.post and
app.bsky.embed.images.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from freckle.publish.post import Limits, Post, Published, PublishError
from freckle.publish.secret import Secret
from freckle.publish.wire import PATIENCE, Wire

LIMITS: Final = Limits(bytes=1_000_000, text=300, alt=2000)
"""`maxSize` of an image's blob and `maxGraphemes` of a post, as the lexicons have them."""
USUAL: Final = "https://bsky.social"


@dataclass(frozen=True, slots=True)
class Bluesky:
    """An account; the password is an app password, made for this alone."""

    user: str
    """The handle, as `anna.example.org`."""
    password: Secret
    server: str = USUAL
    patience: float = PATIENCE

    def limits(self) -> Limits:
        """Return what the lexicons say."""
        return LIMITS

    def publish(self, post: Post) -> Published:
        """Sign in, send the picture, write the post."""
        wire = Wire(self.server, self.password, self.patience)
        who = {"identifier": self.user, "password": self.password.reveal()}
        session = wire.send("/xrpc/com.atproto.server.createSession", who).json(wire.name)
        token, did = session.get("accessJwt"), session.get("did")
        if not isinstance(token, str) or not isinstance(did, str):
            raise PublishError(f"{wire.name} opened no session.", "Check its address.")
        bearer = {"Authorization": f"Bearer {token}"}
        signed = Wire(self.server, Secret(token), self.patience, bearer)
        kind = {"Content-Type": "image/jpeg"}
        sent = signed.ask("POST", "/xrpc/com.atproto.repo.uploadBlob", post.picture, kind)
        blob = sent.json(wire.name).get("blob")
        if not isinstance(blob, dict):
            raise PublishError(f"{wire.name} took no picture.", "Try again later.")
        record = {
            "repo": did,
            "collection": "app.bsky.feed.post",
            "record": _record(post, blob),
        }
        made = signed.send("/xrpc/com.atproto.repo.createRecord", record).json(wire.name)
        key = str(made.get("uri") or "").rpartition("/")[2]
        return Published(f"https://bsky.app/profile/{session.get('handle') or did}/post/{key}")


def _record(post: Post, blob: dict[str, Any]) -> dict[str, Any]:
    width, height = post.size
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    image = {"alt": post.alt, "image": blob, "aspectRatio": {"width": width, "height": height}}
    return {
        "$type": "app.bsky.feed.post",
        "text": post.text,
        "createdAt": moment.replace("+00:00", "Z"),
        "embed": {"$type": "app.bsky.embed.images", "images": [image]},
    }
