"""The API's documentation page, without anything from the internet: Swagger UI's files come from a wheel."""

from __future__ import annotations

from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Swagger UI sets styles inline; scripts come from here alone."""

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="/assets/swagger-ui.css">
<link rel="icon" href="/assets/favicon.png">
</head>
<body>
<div id="swagger-ui" data-openapi="{openapi}"></div>
<script src="/assets/swagger-ui-bundle.js"></script>
<script src="/assets/start.js"></script>
</body>
</html>
"""
_PLAIN = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="icon" href="/assets/favicon.png"><link rel="stylesheet" href="/assets/plain.css"></head>
<body>
<h1>{title}</h1>
{paragraphs}
</body>
</html>
"""
_STYLE = """body { font: 1rem/1.5 sans-serif; color: #3b4151; max-width: 44rem; margin: 4rem auto; padding: 0 1rem; }
"""
_START = """SwaggerUIBundle({
  url: document.getElementById("swagger-ui").dataset.openapi,
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
});
"""


def page(title: str) -> Route:
    """The route `/docs` of an application; its OpenAPI document stands beside it."""

    async def docs(request: Request) -> Response:
        openapi = f"{request.scope.get('root_path', '')}/openapi.json"
        body = _PAGE.format(title=escape(title), openapi=escape(openapi))
        return HTMLResponse(body, headers={"content-security-policy": POLICY})

    return Route("/docs", docs, include_in_schema=False)


def plain_page(language: str, title: str, lines: Sequence[str]) -> HTMLResponse:
    """A page of a title and paragraphs."""
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    body = _PLAIN.format(language=language, title=escape(title), paragraphs=paragraphs)
    return HTMLResponse(body, headers={"content-language": language, "content-security-policy": POLICY})


def front_page(titles: Mapping[str, str]) -> Callable[[Request], Awaitable[Response]]:
    """Where a browser that asks for the bare address finds the documentation: titles of the applications by name."""
    links = "\n".join(
        f'<p><a href="/{name}/docs">{escape(title)}</a><br>/{name}/docs</p>' for name, title in titles.items()
    )

    async def front(_request: Request) -> Response:
        body = _PLAIN.format(language="vi", title="Kỷ Cương", paragraphs=links)
        return HTMLResponse(body, headers={"content-security-policy": POLICY})

    return front


def assets() -> list[Route | Mount]:
    """The files behind every docs page, for the root application."""
    return [
        Route("/assets/start.js", _start),
        Route("/assets/plain.css", _plain),
        Mount("/assets", StaticFiles(directory=_folder())),
    ]


async def _plain(_request: Request) -> Response:
    return Response(_STYLE, media_type="text/css")


async def _start(_request: Request) -> Response:
    return Response(_START, media_type="text/javascript")


def _folder() -> Path:
    """Swagger UI's files in the `fastapi-offline` wheel, which is not imported: only its files are wanted."""
    spec = find_spec("fastapi_offline")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("fastapi-offline", name="fastapi_offline")
    return Path(spec.submodule_search_locations[0]) / "static"
