"""Routes: pictures posted with accounts that were set up on the server's side.

A browser learns the account's name and its server's; the secret is read where the post is sent.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from anyio import to_thread
from fastapi import APIRouter
from pydantic import AfterValidator, Field

from freckle.jobs.protocol import Message
from freckle.publish.channels import Channel
from freckle.publish.post import Limits, Post, check_words
from freckle.recipe.exports import export
from freckle.server.exports import kept_name
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.problems import WebError, not_found
from freckle.server.store import StoredProject, User
from freckle.server.wire import Answer, Body

T = TypeVar("T")
ROUTES: Final = APIRouter(prefix="/api/projects/{project}", tags=["publishing"])
LONGEST_S: Final = 300.0
"""Seconds that a worker may take for a picture."""


def _preset(name: str) -> str:
    return export(name).name


class ChannelFacts(Answer):
    """An account that pictures can be posted with."""

    name: str
    to: Literal["mastodon", "bluesky", "wordpress"]
    host: str
    """The server's name."""
    draft: bool
    """Whether a draft is made of it there, which somebody has to publish."""


class PostRequest(Body):
    """Says with which account, and in which form."""

    channel: Annotated[str, Field(max_length=80)]
    preset: Annotated[str, AfterValidator(_preset)] = "web"
    """The export preset whose shape and size the picture gets."""
    label: bool = True
    """Whether post and file say what was done."""


class PostDraft(Answer):
    """What would be posted."""

    picture: str
    """The JPEG, in base64."""
    width: int
    height: int
    alt: str
    """What is seen in it, for those who do not see it."""
    label: str
    """What was done, in a line."""
    most_text: int
    """Characters of caption and label together that are taken there; 0: no limit."""
    most_alt: int
    state: str
    """Stands for this very picture: a post names it."""


class NewPost(PostRequest):
    """What is to be posted: the picture of a draft, with words."""

    caption: Annotated[str, Field(max_length=20_000)] = ""
    alt: Annotated[str, Field(max_length=10_000)] = ""
    state: Annotated[str, Field(max_length=64)]


class Posted(Answer):
    """Where a picture is now."""

    address: str


@ROUTES.get("/channels")
async def channels(project: str, me: Me, here: Here) -> list[ChannelFacts]:
    """List the accounts that this project's editors can post with."""
    stored = await here.project(me, project, "editor")
    return [
        ChannelFacts(
            name=each.name,
            to=each.to,
            host=each.host,
            draft=each.to == "wordpress" and not each.live,
        )
        for each in _offered(here, stored)
    ]


@ROUTES.post("/posts/draft")
async def draft(project: str, request: PostRequest, me: Me, here: Here) -> PostDraft:
    """Draw what would be posted, and describe it; the place is asked for its limits."""
    stored, channel = await _opened(here, me, project, request)
    limits = await _abroad(here, channel.opened().limits)
    drawn = await _drawn(here, stored, request, limits, described=True)
    width, height = drawn.head["size"]
    return PostDraft(
        picture=base64.b64encode(drawn.body).decode(),
        width=width,
        height=height,
        alt=drawn.head["alt"][: limits.alt or None],
        label=drawn.head["label"],
        most_text=limits.text,
        most_alt=limits.alt,
        state=_state(stored, request, limits),
    )


@ROUTES.post("/posts")
async def post(project: str, request: NewPost, me: Me, here: Here) -> Posted:
    """Post the picture of a draft. Answers when it is there, or is not.

    Raises `stale` where the project was changed since.
    """
    stored, channel = await _opened(here, me, project, request)
    place = channel.opened()
    limits = await _abroad(here, place.limits)
    if request.state != _state(stored, request, limits):
        raise WebError("stale", "The photo was changed meanwhile.", "Look at it again.")
    drawn = await _drawn(here, stored, request, limits, described=False)
    width, height = drawn.head["size"]
    made = Post(
        picture=drawn.body,
        name=f"{Path(stored.name).stem}.jpg",
        size=(width, height),
        caption=request.caption,
        alt=request.alt,
        label=drawn.head["label"] if request.label else "",
    )
    check_words(made.text, made.alt, limits)
    published = await _abroad(here, lambda: place.publish(made))
    await here.stored(here.store.note_posted, me, project, channel.host)
    return Posted(address=published.address)


def _offered(here: House, stored: StoredProject) -> list[Channel]:
    """Return the accounts for a project: all of them where nobody signs in."""
    alone = not here.settings.accounts
    return [each for each in here.settings.channels if alone or stored.workspace in each.workspaces]


async def _opened(
    here: House, me: User, project: str, request: PostRequest
) -> tuple[StoredProject, Channel]:
    stored = await here.project(me, project, "editor")
    for channel in _offered(here, stored):
        if channel.name == request.channel:
            return stored, channel
    raise not_found("account")


async def _abroad(here: House, work: Callable[[], T]) -> T:
    """Ask somebody else's server, in a thread; few wait for others at a time."""
    return await to_thread.run_sync(work, limiter=here.abroad)


async def _drawn(
    here: House, stored: StoredProject, request: PostRequest, limits: Limits, *, described: bool
) -> Message:
    task = {
        "do": "post",
        "recipe": dict(stored.recipe),
        "preset": request.preset,
        "label": request.label,
        "limits": asdict(limits),
        "described": described,
    }
    return await here.ask(stored.photo.digest, task, deadline=LONGEST_S)


def _state(stored: StoredProject, request: PostRequest, limits: Limits) -> str:
    """Name a picture by all that it depends on: the same name, the same bytes."""
    how = {"preset": request.preset, "label": request.label, "limits": asdict(limits)}
    name = kept_name(stored.photo.digest, stored.recipe, how)
    return hashlib.sha256(name.encode()).hexdigest()
