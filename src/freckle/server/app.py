"""Put the server together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from freckle.server import (
    catalogue,
    downloads,
    handing,
    health,
    live,
    looks,
    page,
    photos,
    pictures,
    posters,
    projects,
    recipes,
    refusing,
)
from freckle.server.described import REFERENCE, with_models
from freckle.server.gate import Gate, Me, cookie_name, open_session
from freckle.server.handover import Handover
from freckle.server.house import Here, House
from freckle.server.lock import take
from freckle.server.messages import (
    LiveAck,
    LiveAnalysis,
    LiveChange,
    LiveError,
    LiveSettled,
    LiveUnknown,
    RecipeChange,
)
from freckle.server.originals import Originals
from freckle.server.pool import Pool
from freckle.server.problems import Problem
from freckle.server.settings import Settings
from freckle.server.store import LOCAL, SESSION_MS, Store
from freckle.server.wire import SessionAnswer, SessionRequest

SOCKET_MESSAGES: Final = (
    LiveChange,
    RecipeChange,
    LiveAck,
    LiveError,
    LiveAnalysis,
    LiveSettled,
    LiveUnknown,
)


def create_app(settings: Settings) -> FastAPI:
    """Build the server's application; folders and database are made when it starts."""
    app = FastAPI(
        title="freckle",
        docs_url=None,  # the ready-made pages load scripts from strangers
        redoc_url=None,
        openapi_url=None,
        lifespan=_open,
        responses={"4XX": {"model": Problem, "description": "Refused"}},
    )
    app.state.settings = settings
    refusing.install(app)
    app.add_middleware(Gate, settings=settings)
    _add_sessions(app)
    app.include_router(health.ROUTES)
    app.include_router(photos.SAMPLE)
    drawn = (pictures, downloads, posters)
    for module in (catalogue, recipes, looks, photos, projects, *drawn, live, handing):
        app.include_router(module.ROUTES)
    app.include_router(page.ROUTES)  # last: it answers to every other address
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = take(settings.folder)
    exports, thumbs = settings.folder / "exports", settings.folder / "thumbs"
    for folder in (exports, thumbs):
        folder.mkdir(exist_ok=True, mode=0o700)
    configuration = {
        "memory": settings.worker_memory,
        "open_bytes": settings.open_bytes,
        "decoding": settings.decoding,
    }
    house = House(
        settings=settings,
        store=Store(settings.database_url),
        originals=Originals(settings.folder),
        pool=Pool(settings.workers, configuration, settings.deadline),
        exports=exports,
        thumbs=thumbs,
        handover=Handover(settings.awaited) if settings.awaited else None,
    )
    for path in settings.folder.glob("freckle.sqlite*"):  # of a folder that others can look into
        path.chmod(0o600)
    app.state.house = house
    house.pool.start(eager=settings.eager)
    try:
        yield
    finally:
        await house.pool.stop()
        house.store.close()
        lock.close()


def _add_sessions(app: FastAPI) -> None:
    @app.post("/api/session", tags=["session"])
    async def enter(request: SessionRequest, here: Here, response: Response) -> SessionAnswer:
        """Exchange the start token for a session cookie."""
        secret = await here.stored(open_session, here, request.token)
        response.set_cookie(
            cookie_name(here.settings),
            secret,
            max_age=SESSION_MS // 1000,
            httponly=True,
            samesite="strict",
            secure=here.settings.secure,
        )
        return SessionAnswer(user=LOCAL.name, workspace=LOCAL.workspace)

    @app.get("/api/session", tags=["session"])
    async def who(me: Me) -> SessionAnswer:
        """Say who is signed in."""
        return SessionAnswer(user=me.name, workspace=me.workspace)

    @app.delete("/api/session", status_code=204, tags=["session"])
    async def leave(_me: Me, request: Request, here: Here, response: Response) -> None:
        """Sign this browser out."""
        name = cookie_name(here.settings)
        secret = request.cookies.get(name, "")
        await here.stored(here.store.close_session, secret, here.settings.token)
        response.delete_cookie(name, httponly=True, samesite="strict")

    @app.get("/api/openapi.json", include_in_schema=False)
    async def description(_me: Me) -> dict[str, Any]:
        """Describe this interface."""
        return app.openapi()


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, the WebSocket's messages included."""
    if app.openapi_schema is None:
        schema = get_openapi(title="freckle", version="1", routes=app.routes)
        schemas = schema["components"]["schemas"]
        for model in SOCKET_MESSAGES:
            own = model.model_json_schema(ref_template=REFERENCE)
            schemas |= own.pop("$defs", {})
            schemas[model.__name__] = own
        app.openapi_schema = with_models(schema)
    return app.openapi_schema
