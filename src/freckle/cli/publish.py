"""`freckle publish`: a picture to where people look at it."""

from dataclasses import replace
from typing import Final

from freckle.api.photos import open_photo
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.cli.channels import forget, keep
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import quiet_libraries, say
from freckle.publish.bluesky import USUAL, Bluesky
from freckle.publish.mastodon import Mastodon
from freckle.publish.picture import Finished, alt_of, label_of
from freckle.publish.post import Limits, Place, Post, check_words
from freckle.publish.secret import Secret, from_environment, from_file
from freckle.publish.shelf import Shelf
from freckle.publish.webhook import Webhook
from freckle.publish.wordpress import WordPress
from freckle.recipe.exports import export
from freckle.recipe.selection import Selection

VARIABLES: Final = {
    "mastodon": "FRECKLE_MASTODON_TOKEN",
    "bluesky": "FRECKLE_BLUESKY_PASSWORD",
    "wordpress": "FRECKLE_WORDPRESS_PASSWORD",
    "webhook": "FRECKLE_WEBHOOK_SECRET",
}


def run(arguments: Arguments) -> int:
    """Publish. Raises `UsageError`, `Refusal`, `RecipeError`, `OutputError`."""
    if arguments.forget is not None:
        return forget(arguments.forget)
    if arguments.keep is not None:
        return keep(arguments, _secret)
    if arguments.input is None or arguments.to is None:
        raise UsageError("Say what to publish, and where: freckle publish IN --to PLACE.")
    export(arguments.exports)  # a wrong name is told before anything is done
    place = None if arguments.dry_run else place_of(arguments)
    recipe = recipe_from(["none"], arguments.recipe, [one.text for one in arguments.settings])
    with deadline():
        photo = open_photo(arguments.input)
    with quiet_libraries():
        _ = photo.portrait
    result = retouched(photo, recipe, Selection())
    post = written(result, arguments, place.limits() if place else Limits())
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


def written(result: Result, arguments: Arguments, limits: Limits) -> Post:
    """Return the post: picture within limits, words. Raises `PublishError`, `OutputError`."""
    label = "" if arguments.no_label else label_of(result.disclosure)
    plan = Post(b"", f"{arguments.input.stem}.jpg", (0, 0), arguments.caption, "", label)
    alt = arguments.alt if arguments.alt is not None else ""
    check_words(plan.text, alt, limits)
    told = result.disclosure if label else None
    finished = Finished.of(result.content, result.rendering, result.photo.portrait, told)
    data, size = finished.pictured(arguments.exports, limits)
    alt = alt or alt_of(data, result.recipe)
    return replace(plan, picture=data, size=size, alt=alt[: limits.alt or None])


def _secret(arguments: Arguments) -> Secret:
    if arguments.secret_file is not None:
        return from_file(arguments.secret_file)
    return from_environment(VARIABLES[arguments.to])
