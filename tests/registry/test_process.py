"""The registry as a process, and what an operator does with it."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from schemas.values import DocumentRef
from services.adapters.registry.client import RegistryClient
from services.application.registry import Document, Person, Reading
from services.entrypoints import secret_files
from services.entrypoints.registry.callers import secret_name
from tests.parts import Database
from tests.processes import Household, Running

READING = Reading("somebody", "test", uuid4())
TEXT = "Nội dung"


@pytest.fixture
def household(database: Database, tmp_path: Path) -> Household:
    return Household(database, tmp_path)


@pytest.fixture
async def registry(household: Household) -> AsyncIterator[Running]:
    async with household.running("services.entrypoints.registry") as running:
        yield running


@pytest.fixture
async def client(household: Household, registry: Running) -> AsyncIterator[RegistryClient]:
    async with RegistryClient(household.settings["registry"], household.secret(secret_name("api"))) as client:
        yield client


async def read(client: RegistryClient, ref: DocumentRef) -> Document | None:
    return (await client.documents([ref], READING)).get(ref.document_id)


async def stop(registry: Running) -> None:
    assert await registry.stopped() == 0


async def test_an_operator_erases_a_document(household: Household, client: RegistryClient) -> None:
    ref = await client.put_document(uuid4(), TEXT)
    asked = ("erase", "--document", str(ref.document_id), "--reason", "request 12/2026")
    code, said = await household.kycuong(*asked)
    assert (code, said.startswith("Erased for good")) == (0, True)
    assert await read(client, ref) is None
    code, said = await household.kycuong(*asked)
    assert (code, "erased before" in said) == (0, True)


async def test_erasing_what_is_not_there_fails_and_says_so(household: Household, registry: Running) -> None:
    code, said = await household.kycuong("erase", "--person", str(uuid4()), "--reason", "request")
    assert (code, "knows no" in said) == (1, True)


async def test_an_operator_sees_who_changed_whose_entry(household: Household, client: RegistryClient) -> None:
    person = uuid4()
    await client.put_person(person, Person("Kiều Thị Hồng Thắm", "tham@example.test"), "an-administrator")
    code, said = await household.kycuong("person-changes", "--person", str(person))
    assert (code, "an-administrator" in said, "email, name" in said, "Thắm" in said) == (0, True, True, False)
    code, said = await household.kycuong("person-changes", "--person", str(uuid4()))
    assert (code, said) == (0, "No change is recorded.\n")


async def test_the_wrapping_key_is_rotated_in_operation(
    household: Household, registry: Running, client: RegistryClient
) -> None:
    """New key file, old one beside it, restart, rewrap, old one gone: everything is readable."""
    ref = await client.put_document(uuid4(), TEXT)
    await stop(registry)
    previous = household.secrets / "wrapping-key-previous"
    (household.secrets / "wrapping-key").rename(previous)
    (household.secrets / "wrapping-key").write_text(secret_files.key())
    await registry.again()
    code, said = await household.kycuong("rewrap")
    assert (code, said.startswith("1 data keys")) == (0, True)
    await stop(registry)
    previous.unlink()
    await registry.again()
    document = await read(client, ref)
    assert document is not None
    assert document.text == TEXT


async def test_a_killed_registry_has_kept_what_it_answered(registry: Running, client: RegistryClient) -> None:
    ref = await client.put_document(uuid4(), TEXT)
    registry.process.kill()
    await registry.again()
    assert await client.put_document(ref.document_id, TEXT) == ref
