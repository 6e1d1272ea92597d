"""Lists come in pages; a cursor belongs to its list and its filters."""

import base64

import httpx
import orjson
import pytest

NOTES = "/inspection/notes"
BENT = (b"[]", b"null", b'["0000000000000000",[2]]', b"[null, [1]]", b"{}")


async def pages(client: httpx.AsyncClient, **query: object) -> list[list[str]]:
    found, cursor = [], None
    while True:
        asked = {**query, **({"cursor": cursor} if cursor else {})}
        answer = (await client.get(NOTES, params=asked)).json()  # type: ignore[arg-type]  # plain values
        found.append([item["id"] for item in answer["items"]])
        cursor = answer["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 200])
async def test_the_pages_together_are_the_list(client: httpx.AsyncClient, limit: int) -> None:
    found = await pages(client, limit=limit)
    assert [item for page in found for item in page] == list("1234567")
    assert all(len(page) == limit for page in found[:-1])


async def test_the_last_page_has_no_next_one(client: httpx.AsyncClient) -> None:
    assert (await client.get(NOTES, params={"limit": 7})).json()["next"] is None


async def cursor_of(client: httpx.AsyncClient, **query: str) -> str:
    return str((await client.get(NOTES, params={"limit": "2", **query})).json()["next"])


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "W10=",
        base64.urlsafe_b64encode(b'["0000000000000000",[2]]').decode(),
        "bnVsbA==",
        "W251bGwsIFsxXV0=",
    ],
)
async def test_a_cursor_that_the_list_did_not_make_is_refused(client: httpx.AsyncClient, cursor: str) -> None:
    answer = await client.get(NOTES, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor-unreadable")


async def test_a_cursor_goes_on_with_its_own_filters_only(client: httpx.AsyncClient) -> None:
    cursor = await cursor_of(client, kind="a")
    assert (await client.get(NOTES, params={"cursor": cursor, "kind": "a"})).status_code == 200
    assert (await client.get(NOTES, params={"cursor": cursor, "kind": "b"})).status_code == 400


@pytest.mark.parametrize("key", [["9"], ["2", 1], [], "2", None, [{}]])
async def test_a_cursor_whose_key_was_bent_is_refused(client: httpx.AsyncClient, key: object) -> None:
    """Else a list's query would meet a key that it never made."""
    seal, _ = orjson.loads(base64.urlsafe_b64decode(await cursor_of(client)))
    bent = base64.urlsafe_b64encode(orjson.dumps([seal, key])).decode()
    assert (await client.get(NOTES, params={"cursor": bent})).status_code == 400
