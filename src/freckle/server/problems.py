"""Refusals of the web server: a status, a stable code, one sentence and one remedy."""

import errno
from typing import Final, Literal, get_args

from pydantic import BaseModel

from freckle.errors import Code, FreckleError, OutputError, RecipeError, Refusal
from freckle.publish.post import PublishError, Trouble

WebCode = Literal[
    "not_found",
    "stale",
    "bad_request",
    "unauthorized",
    "forbidden",
    "too_often",
    "taken",
    "busy",
    "storage_full",
    "quota",
]

STATUS: Final[dict[str, int]] = {
    "empty": 422,
    "not_an_image": 415,
    "type_not_accepted": 415,
    "damaged": 422,
    "incomplete": 422,
    "too_many_pixels": 413,
    "too_large_file": 413,
    "too_many_frames": 422,
    "too_slow": 422,
    "too_much_memory": 422,
    "missing_raw_pixels": 422,
    "internal": 500,
    "not_found": 404,
    "stale": 409,
    "bad_request": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "too_often": 429,
    "taken": 409,
    "busy": 503,
    "storage_full": 507,
    "quota": 507,
    **dict.fromkeys(get_args(Trouble), 424),  # a place's refusal is no fault of this server
}
BUSY_S: Final = 3
"""Seconds after which a program that found the server busy may ask again."""
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Problem(BaseModel):
    """The body of every answer that is not a success."""

    code: Code | WebCode | Trouble
    message: str
    """One sentence: what went wrong."""
    remedy: str
    """One sentence: what to do next."""
    revision: int | None = None
    """With `stale`: the newest revision there is."""


class WebError(FreckleError):
    """A request that cannot be answered; `code` decides the status."""

    def __init__(
        self,
        code: Code | WebCode,
        message: str,
        remedy: str,
        *,
        revision: int | None = None,
        retry_s: int | None = None,
    ) -> None:
        """Keep what the answer needs; `revision` goes with `stale`.

        After `retry_s` seconds the same may be asked again.
        """
        super().__init__(message, remedy)
        self.code: Code | WebCode = code
        self.revision = revision
        self.retry_s = BUSY_S if retry_s is None and code == "busy" else retry_s


def not_found(what: str = "page") -> WebError:
    """Say that something is not there: the same words whether it never was or is not yours."""
    return WebError("not_found", f"There is no such {what}.", "Go back to Home and open it again.")


def forbidden(role: str) -> WebError:
    """Say that somebody may see something but not do this with it."""
    return WebError(
        "forbidden",
        f"Only somebody with the role {role} or a higher one may do this here.",
        "Ask an admin of this workspace.",
    )


def stale(
    why: str, newest: int, remedy: str = "Load the newest version, then repeat the last change."
) -> WebError:
    """Say that a change began from what is no longer the newest; `newest` is that revision."""
    return WebError("stale", why, remedy, revision=newest)


def busy() -> WebError:
    """Say that the request was not done because too much else is being done."""
    return WebError("busy", "The server is busy and has not done this.", "Try again in a moment.")


def storage_full() -> WebError:
    """Say that the disk took no more, so that this was not kept."""
    return WebError(
        "storage_full", "The disk is full: this was not kept.", "Make room on it, then try again."
    )


def internal() -> WebError:
    """Say that the fault is ours, without a word about the inside."""
    return WebError(
        "internal",
        "Something went wrong inside freckle, and this was not done.",
        "Try again; what was saved before is kept.",
    )


def problem_of(error: Exception) -> Problem:
    """Put any exception into words that may leave the house."""
    match error:
        case WebError():
            return Problem(
                code=error.code,
                message=error.message,
                remedy=error.remedy,
                revision=error.revision,
            )
        case Refusal():
            return Problem(code=error.code, message=error.message, remedy=error.remedy)
        case PublishError():
            return Problem(code=error.trouble, message=error.message, remedy=error.remedy)
        case RecipeError() | OutputError():
            return Problem(code="bad_request", message=error.message, remedy=error.remedy)
        case OSError(errno=number) if number in FULL:
            return problem_of(storage_full())
        case _:
            return problem_of(internal())
