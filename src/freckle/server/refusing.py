"""Every failure of the web server answers in one form: a status and a `Problem`."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from freckle.errors import FreckleError
from freckle.server.problems import STATUS, WebError, not_found, problem_of


def answer(error: Exception) -> JSONResponse:
    """Turn an exception into the JSON answer of the contract."""
    problem = problem_of(error)
    body = problem.model_dump(exclude_none=True)
    headers = {"Cache-Control": "no-store"}
    retry_s = getattr(error, "retry_s", None)
    if retry_s is not None:
        headers["Retry-After"] = str(retry_s)
    return JSONResponse(body, STATUS[problem.code], headers=headers)


def install(app: FastAPI) -> None:
    """Make every failure of an application answer in the same form."""
    app.add_exception_handler(FreckleError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _known)


async def _known(request: Request, error: Exception) -> JSONResponse:
    request.app.state.meter.failed(problem_of(error).code)
    return answer(error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - starlette's promise
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    text = f"{place}: {first['msg']}" if place else str(first["msg"])
    problem = WebError("bad_request", f"Not understood: {text[:300]}.", "Correct it.")
    return await _known(request, problem)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - starlette's promise
    if error.status_code == 404:
        return answer(not_found())
    remedy = "The interface is described at /api/openapi.json."
    response = answer(WebError("bad_request", f"{error.detail}.", remedy))
    response.status_code = error.status_code
    response.headers.update(error.headers or {})
    return response
