"""WordPress: a picture in the media library with its words, and a post that shows it.

https://developer.wordpress.org/rest-api/reference/media/; the password is an application password.
"""

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from freckle.publish.post import Limits, Post, Published, PublishError
from freckle.publish.secret import Secret
from freckle.publish.wire import PATIENCE, Wire, plain


@dataclass(frozen=True, slots=True)
class WordPress:
    """An account at a site."""

    site: str
    user: str
    password: Secret
    status: Literal["draft", "publish"] = "draft"
    patience: float = PATIENCE

    @property
    def _wire(self) -> Wire:
        pair = f"{self.user}:{self.password.reveal()}".encode()
        basic = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        return Wire(self.site, self.password, self.patience, basic)

    def limits(self) -> Limits:
        """Sites have limits of their own, and say so when they are met."""
        return Limits()

    def publish(self, post: Post) -> Published:
        """Send the picture, then its words, then the post."""
        wire = self._wire
        headers = {
            "Content-Type": "image/jpeg",
            "Content-Disposition": f'attachment; filename="{plain(post.name)}"',
        }
        media = wire.ask("POST", "/wp-json/wp/v2/media", post.picture, headers).json(wire.name)
        number = media.get("id")
        if not isinstance(number, int):
            raise PublishError(f"{wire.name} took no picture.", "Look at the site's log.")
        words = {"alt_text": post.alt, "caption": escape(post.text)}
        wire.send(f"/wp-json/wp/v2/media/{number}", words)
        made = wire.send("/wp-json/wp/v2/posts", self._post(post, media)).json(wire.name)
        return Published(str(made.get("link") or ""))

    def _post(self, post: Post, media: dict[str, Any]) -> dict[str, Any]:
        number, source = media["id"], escape(str(media.get("source_url") or ""), quote=True)
        alt = escape(post.alt, quote=True)
        figure = (
            f'<!-- wp:image {{"id":{number}}} -->\n<figure class="wp-block-image">'
            f'<img src="{source}" alt="{alt}" class="wp-image-{number}"/></figure>\n'
            "<!-- /wp:image -->"
        )
        paragraphs = (
            f"<!-- wp:paragraph -->\n<p>{escape(part)}</p>\n<!-- /wp:paragraph -->"
            for part in post.text.split("\n\n")
            if part
        )
        title = post.caption.strip().split("\n")[0][:80] or Path(post.name).stem
        return {
            "title": title,
            "content": "\n\n".join([figure, *paragraphs]),
            "status": self.status,
            "featured_media": number,
        }
