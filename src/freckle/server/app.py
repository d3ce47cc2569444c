"""Put the server together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from freckle.server import (
    catalogue,
    desk,
    downloads,
    favourites,
    generations,
    guides,
    handing,
    health,
    kept_posters,
    live,
    look_through,
    looks,
    metrics,
    own_presets,
    page,
    photos,
    pictures,
    poster_files,
    poster_pack,
    posters,
    projects,
    publishing,
    recipes,
    refusing,
    session,
    set_downloads,
    sets,
    suggestions,
    trying,
)
from freckle.server.accounts import account, entering, members, passkeys, visiting
from freckle.server.described import REFERENCE, with_models
from freckle.server.gate import Gate, Me
from freckle.server.handover import Handover
from freckle.server.house import House
from freckle.server.lock import take
from freckle.server.messages import (
    LiveAck,
    LiveAnalysis,
    LiveChange,
    LiveError,
    LiveNewer,
    LiveSettled,
    LiveUnknown,
    RecipeChange,
)
from freckle.server.meter import Meter
from freckle.server.originals import Originals
from freckle.server.pool import Pool
from freckle.server.problems import Problem
from freckle.server.rooms.sights import SILENT_MS
from freckle.server.settings import Settings
from freckle.server.sharing import guests, links
from freckle.server.store import Store

SOCKET_MESSAGES: Final = (
    LiveChange,
    RecipeChange,
    LiveAck,
    LiveError,
    LiveAnalysis,
    LiveSettled,
    LiveUnknown,
    LiveNewer,
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
    app.state.meter = Meter()
    refusing.install(app)
    app.add_middleware(Gate, settings=settings)
    _add_description(app)
    app.include_router(health.ROUTES)
    app.include_router(metrics.ROUTES)
    app.include_router(photos.SAMPLE)
    app.include_router(passkeys.SIGNING)
    people = (session, entering, visiting, account, passkeys, members)
    posting = (kept_posters, poster_files, poster_pack, posters)
    drawn = (pictures, downloads, set_downloads, publishing, *posting, links, guests)
    ideas = (catalogue, own_presets, favourites, recipes, looks)
    kept = (photos, projects, desk, sets, suggestions, guides, trying)
    for module in (*people, *ideas, *kept, *drawn, live, handing):
        app.include_router(module.ROUTES)
    app.include_router(generations.ROUTES)
    app.include_router(page.ROUTES)  # last: it answers to every other address
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    hold = take(settings.folder, shared=settings.shared)
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
        store=Store(settings.database_url, settings.quota),
        originals=Originals(settings.folder, fresh=hold.alone),
        pool=Pool(settings.workers, configuration, settings.deadline),
        exports=exports,
        thumbs=thumbs,
        handover=Handover(settings.awaited) if settings.awaited else None,
    )
    for path in settings.folder.glob("freckle.sqlite*"):  # of a folder that others can look into
        path.chmod(0o600)
    if settings.shared:
        hold.share()
    app.state.house = house
    house.pool.start(eager=settings.eager)
    await look_through.take_over(house, 0 if hold.alone else SILENT_MS)
    try:
        yield
    finally:
        await look_through.close(house)
        await house.workshop.close()
        await house.pool.stop()
        house.store.close()
        hold.close()


def _add_description(app: FastAPI) -> None:
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
