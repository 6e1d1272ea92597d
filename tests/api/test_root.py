"""What the root serves besides the contexts, and what stands on every answer."""

import re

import httpx
import pytest
from prometheus_client import REGISTRY

from services.entrypoints.api.edge import HEADERS
from services.entrypoints.api.root import Health, root
from services.entrypoints.serving import Readiness
from tests.api.conftest import key


async def test_the_docs_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/inspection/docs")
    loaded = re.findall(r'(?:src|href|data-openapi)="([^"]+)"', page.text)
    assert len(loaded) == 5
    for address in loaded:
        assert address.startswith("/")
        assert (await client.get(address)).status_code == 200


async def test_the_docs_pages_policy_forbids_other_sources(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/inspection/docs")).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "http" not in policy


async def test_the_openapi_document_tells_what_a_command_needs(client: httpx.AsyncClient) -> None:
    document = (await client.get("/inspection/openapi.json")).json()
    operation = document["paths"]["/notes/{note_id}/amend"]["post"]
    assert {(p["name"], p["required"]) for p in operation["parameters"]} == {
        ("note_id", True),
        ("Idempotency-Key", True),
        ("If-Match", True),
    }
    assert operation["security"] == [{"token": []}]
    assert operation["x-roles"] == ["inspector"]
    assert {"200", "401", "403", "404", "409", "412", "422", "428", "default"} <= set(operation["responses"])
    assert document["servers"] == [{"url": "/inspection"}]
    assert {"Problem", "FieldError"} <= set(document["components"]["schemas"])


async def test_security_headers_are_on_every_answer(client: httpx.AsyncClient) -> None:
    for path in ("/", "/health/live", "/nothing", "/inspection/notes", "/inspection/docs"):
        answer = await client.get(path)
        assert {name.decode() for name, _ in HEADERS} <= set(answer.headers)


async def test_requests_are_counted_by_template_and_never_by_id(client: httpx.AsyncClient) -> None:
    made = await client.post("/inspection/notes", json={"agency_id": "so-y-te", "on": "2026-03-01"}, headers=key())
    labels = {"route": "GET /inspection/notes/{note_id}", "status": "200"}
    before = REGISTRY.get_sample_value("kycuong_http_requests_total", labels) or 0
    await client.get(made.headers["location"])
    assert REGISTRY.get_sample_value("kycuong_http_requests_total", labels) == before + 1
    exposed = (await client.get("/metrics")).text
    assert made.json()["id"] not in exposed


async def test_addresses_that_do_not_exist_are_counted_together(client: httpx.AsyncClient) -> None:
    """A scanner must not make a time series of each of its guesses."""
    await client.get("/guess/1")
    await client.get("/inspection/guess/2")
    routes = {sample.labels["route"] for m in REGISTRY.collect() for sample in m.samples if "route" in sample.labels}
    assert not any("guess" in route for route in routes)


@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
async def test_ready_only_when_every_part_is(well: bool, status: int) -> None:
    async def check() -> bool:
        return well

    readiness = Readiness({"database": check})
    await readiness.check()
    transport = httpx.ASGITransport(root({}, Health(readiness, None)))
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (status, {"ready": well, "parts": {"database": well}})


async def test_a_check_that_fails_is_not_ready() -> None:
    async def check() -> bool:
        raise ConnectionRefusedError

    readiness = Readiness({"database": check})
    await readiness.check()
    assert readiness.parts == {"database": False}


async def test_without_its_supervisor_the_suite_is_not_ready() -> None:
    transport = httpx.ASGITransport(root({}, Health(Readiness({}), "http://127.0.0.1:9")))
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as client:
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get("/health/live")).status_code == 200
