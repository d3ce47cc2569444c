"""`freckle publish`: a picture to where people look at it."""

from dataclasses import replace
from typing import Final

import numpy as np

from freckle.analysis.portrait import analyze
from freckle.analysis.verdict import Verdict
from freckle.api.photos import open_photo
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import quiet_libraries, say
from freckle.codec import load_bytes
from freckle.publish.bluesky import USUAL, Bluesky
from freckle.publish.describing import Head, described
from freckle.publish.ground import plain
from freckle.publish.mastodon import Mastodon
from freckle.publish.post import Limits, Place, Post, check_words, fitted
from freckle.publish.secret import Secret, from_environment, from_file
from freckle.publish.shelf import Shelf
from freckle.publish.webhook import Webhook
from freckle.publish.wordpress import WordPress
from freckle.recipe.exports import Export, export
from freckle.recipe.selection import Selection
from freckle.render.frame import head_of

GRAY: Final = 3.0
"""Mean spread of red, green and blue (of 255) below which a picture has no color."""
VARIABLES: Final = {
    "mastodon": "FRECKLE_MASTODON_TOKEN",
    "bluesky": "FRECKLE_BLUESKY_PASSWORD",
    "wordpress": "FRECKLE_WORDPRESS_PASSWORD",
    "webhook": "FRECKLE_WEBHOOK_SECRET",
}


def run(arguments: Arguments) -> int:
    """Publish. Raises `UsageError`, `Refusal`, `RecipeError`, `OutputError`."""
    wanted = replace(export(arguments.exports), format="jpeg", location=False, metadata=True)
    place = None if arguments.dry_run else place_of(arguments)
    recipe = recipe_from(["none"], arguments.recipe, [one.text for one in arguments.settings])
    with deadline():
        photo = open_photo(arguments.input)
    with quiet_libraries():
        _ = photo.portrait
    result = retouched(photo, recipe, Selection())
    post = written(result, wanted, arguments, place.limits() if place else Limits())
    if place is None or not arguments.quiet:
        say(f"{post.text}\n\nAlternative text: {post.alt}\n".lstrip())
        say(f"{post.name}: {post.size[0]} × {post.size[1]} pixels, {len(post.picture):,} bytes.")
    if place is not None:
        address = place.publish(post).address
        if not arguments.quiet:
            say(address)
    return OK


def place_of(arguments: Arguments) -> Place:
    """Return where to publish. Raises `UsageError`, `PublishError`."""
    at, user, to = arguments.at, arguments.user, arguments.to
    if at is None and to != "bluesky":
        raise UsageError(f"--to {to} needs --at.")
    if user is None and to in ("bluesky", "wordpress"):
        raise UsageError(f"--to {to} needs --user.")
    if to in ("folder", "s3"):
        return Shelf(at)
    secret, patience = _secret(arguments), float(arguments.patience)
    match to:
        case "mastodon":
            return Mastodon(at, secret, arguments.visibility, patience)
        case "bluesky":
            return Bluesky(user, secret, at or USUAL, patience)
        case "wordpress":
            return WordPress(at, user, secret, "publish" if arguments.live else "draft", patience)
        case _:
            return Webhook(at, secret, patience)


def written(result: Result, wanted: Export, arguments: Arguments, limits: Limits) -> Post:
    """Return the post: picture within limits, words. Raises `PublishError`, `OutputError`."""
    label = "" if arguments.no_label else f"freckle: {result.disclosure}."
    longest = wanted.longest or max(wanted.width, wanted.height) or max(_size(result))
    plan = Post(b"", f"{arguments.input.stem}.jpg", (0, 0), arguments.caption, "", label)
    alt = arguments.alt if arguments.alt is not None else ""
    check_words(plan.text, alt, limits)

    def make(side: int, quality: int) -> tuple[bytes, tuple[int, int]]:
        smaller = _reduced(wanted, side)
        data, _ = result.exported(
            plan.name, replace(smaller, quality=quality), disclose=not arguments.no_label
        )
        made = load_bytes(data)
        return data, (made.width, made.height)

    data, size = fitted(make, longest, limits)
    alt = alt or alt_of(result, data)
    return replace(plan, picture=data, size=size, alt=alt[: limits.alt or None])


def alt_of(result: Result, data: bytes) -> str:
    """Describe a finished picture; `data` is its file, in which people are looked for anew.

    It may be cropped, and somebody may be no longer in it.
    """
    shown = load_bytes(data)
    portrait = analyze(shown)
    heads = [
        Head(head_of(person).height / shown.height, person.face.pose.yaw)
        for person in portrait.people
        if person.verdict is not Verdict.NOT_HUMAN
    ]
    pixels = shown.pixels.astype(np.int32).reshape(shown.height * shown.width, -1)
    gray = bool(np.ptp(pixels, axis=1).mean() < GRAY)
    return described(heads, result.recipe, plain=plain(shown, portrait), gray=gray)


def _reduced(wanted: Export, side: int) -> Export:
    """Return a preset whose longer side has at most so many pixels."""
    now = max(wanted.width, wanted.height)
    if not now:
        return replace(wanted, longest=side)
    scale = min(1.0, side / now)
    return replace(wanted, width=round(wanted.width * scale), height=round(wanted.height * scale))


def _size(result: Result) -> tuple[int, int]:
    return result.content.width, result.content.height


def _secret(arguments: Arguments) -> Secret:
    if arguments.secret_file is not None:
        return from_file(arguments.secret_file)
    return from_environment(VARIABLES[arguments.to])
