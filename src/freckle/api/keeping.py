"""Whether a retouched JPEG can keep the blocks that nothing touched."""

import hashlib
from dataclasses import replace

from freckle.api.photos import OpenedPhoto
from freckle.codec import SaveOptions
from freckle.codec.files import read_file
from freckle.codec.jpeg_kept import Original, reason
from freckle.errors import Refusal
from freckle.photo import Format, Photo

Kept = tuple[SaveOptions, tuple[str, ...]]


def keeping(opened: OpenedPhoto, finished: Photo, target: Format, options: SaveOptions) -> Kept:
    """Return options with the file that the blocks are of, or say in a sentence why not."""
    if not options.keep_blocks:
        return options, ()
    original = original_of(opened)
    if target != "jpeg" or options.quality or options.subsampling:
        why: str | None = "another format or quality is asked for"
    elif original is None:
        why = "the original file is not there any more"
    else:
        why = reason(original, finished)
    if why is not None:
        return options, (f"The JPEG's blocks are not kept: {why}.",)
    return replace(options, original=original), ()


def original_of(opened: OpenedPhoto) -> Original | None:
    """Return the file that a photo was opened from, as long as it is the same."""
    if opened.data is not None:
        return Original(opened.data, opened.content)
    if opened.path is None:
        return None
    try:
        data = read_file(opened.path)
    except Refusal:
        return None
    same = hashlib.sha256(data).hexdigest() == opened.content.source.digest
    return Original(data, opened.content) if same else None
