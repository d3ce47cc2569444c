"""A folder or a bucket: the picture, and its words beside it as JSON."""

import json
from dataclasses import dataclass
from pathlib import PurePath

from freckle.errors import StorageError
from freckle.publish.post import Limits, Post, Published, PublishError
from freckle.storage.opening import open_store


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder, or what begins with an address such as `s3://bucket/folder`."""

    place: str

    def limits(self) -> Limits:
        """There are none."""
        return Limits()

    def publish(self, post: Post) -> Published:
        """Put both there, whole; what has their names already stays."""
        stem = PurePath(post.name).stem
        words = {
            "caption": post.caption,
            "alt": post.alt,
            "label": post.label,
            "width": post.size[0],
            "height": post.size[1],
        }
        try:
            store = open_store(self.place)
            name = stem
            for number in range(2, 10_000):
                if store.find(f"{name}.jpg") is None and store.find(f"{name}.json") is None:
                    break
                name = f"{stem}-{number}"
            text = json.dumps(words, ensure_ascii=False, indent=1).encode()
            store.put(f"{name}.json", text)
            store.put(f"{name}.jpg", post.picture)  # last: whoever sees it finds its words
        except StorageError as error:
            raise PublishError(error.message, error.remedy) from error
        return Published(f"{self.place.rstrip('/')}/{name}.jpg")
