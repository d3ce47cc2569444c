"""Route: whether the server can work, for whoever watches over it."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from freckle.errors import FreckleError
from freckle.server.house import Here

ROUTES = APIRouter(tags=["health"])


class Health(BaseModel):
    """What a load balancer wants to know, and nothing that a stranger may not."""

    status: Literal["ok", "busy"]


@ROUTES.get("/health", responses={503: {"model": Health, "description": "Not now"}})
async def health(here: Here, response: Response) -> Health:
    """Say whether the database answers; no session is needed."""
    response.headers["Cache-Control"] = "no-store"
    try:
        await here.stored(here.store.session_user, "nobody")
    except FreckleError:
        response.status_code = 503
        return Health(status="busy")
    return Health(status="ok")
