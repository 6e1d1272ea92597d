"""Files as they were issued: kept, read back, hashed where they lie, and not erased."""

from hashlib import sha256
from uuid import uuid4

import asyncpg
import pytest

from services.adapters.registry import wire
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.application.registry import DocumentErased
from tests.parts import Database
from tests.registry.test_registry import READING, TEXT, erase

RULE = "disciplinary-files-kept"
BYTES = bytes(range(256)) * 2_000
HASH = sha256(BYTES).hexdigest()


async def test_a_file_is_read_back_byte_for_byte_by_its_hash(api: RegistryClient) -> None:
    file_id = uuid4()
    assert await api.put_file(file_id, BYTES, RULE) == HASH
    assert await api.file(file_id, HASH, READING) == BYTES


async def test_a_reading_is_recorded(api: RegistryClient, database: Database) -> None:
    file_id = uuid4()
    await api.put_file(file_id, BYTES, RULE)
    await api.file(file_id, HASH, READING)
    assert database.execute("select reader, document_id, version from registry.reads") == [("officer-7", file_id, 1)]


async def test_the_same_bytes_again_are_the_same_version_and_others_another(
    api: RegistryClient, database: Database
) -> None:
    file_id = uuid4()
    for content in (BYTES, BYTES, b"another number"):
        await api.put_file(file_id, content, RULE)
    assert database.execute("select version from registry.contents order by version") == [(1,), (2,)]
    assert await api.file(file_id, HASH, READING) == BYTES


async def test_no_byte_stands_in_the_clear(api: RegistryClient, database: Database) -> None:
    await api.put_file(uuid4(), b"%PDF-1.7 Nguyen Van An", RULE)
    [(sealed,)] = database.execute("select sealed from registry.contents")
    assert b"Nguyen" not in bytes(sealed)  # type: ignore[call-overload]  # psycopg's rows are objects


async def test_a_hash_that_is_not_the_files_finds_nothing(api: RegistryClient) -> None:
    file_id = uuid4()
    await api.put_file(file_id, BYTES, RULE)
    assert await api.file(file_id, "0" * 64, READING) is None
    assert await api.file(uuid4(), HASH, READING) is None


async def test_a_text_is_no_file(api: RegistryClient) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    assert await api.file(ref.document_id, ref.sha256, READING) is None


async def test_what_is_kept_is_hashed_where_it_lies(api: RegistryClient, operator: RegistryClient) -> None:
    whole, other = uuid4(), uuid4()
    await api.put_file(whole, BYTES, RULE)
    await api.put_file(other, b"other bytes", RULE)
    asked = [(whole, HASH), (other, HASH), (uuid4(), HASH)]
    assert await operator.check_files(asked) == ["whole", "differs", "missing"]


async def test_a_sealed_byte_that_was_changed_is_found(
    api: RegistryClient, operator: RegistryClient, database: Database
) -> None:
    file_id = uuid4()
    await api.put_file(file_id, BYTES, RULE)
    database.execute("update registry.contents set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))")
    assert await operator.check_files([(file_id, HASH)]) == ["differs"]


async def test_only_an_operator_has_files_hashed(api: RegistryClient) -> None:
    with pytest.raises(RegistryRefused):
        await api.check_files([(uuid4(), HASH)])


async def test_files_of_discipline_are_not_erased_and_the_row_is_named(
    api: RegistryClient, operator: RegistryClient
) -> None:
    file_id = uuid4()
    await api.put_file(file_id, BYTES, RULE)
    refused = await operator.erase(erase("file", file_id))
    assert refused == wire.Erased(outcome="kept", kept_by=RULE)
    assert await api.file(file_id, HASH, READING) == BYTES


async def test_a_text_that_a_row_keeps_is_not_erased_either(api: RegistryClient, operator: RegistryClient) -> None:
    ref = await api.put_document(uuid4(), TEXT, RULE)
    refused = await operator.erase(erase("document", ref.document_id))
    assert (refused.outcome, refused.kept_by) == ("kept", RULE)
    found = await api.documents([ref], READING)
    assert found[ref.document_id].text == TEXT


async def test_a_text_that_a_row_keeps_later_is_kept_from_then_on(
    api: RegistryClient, operator: RegistryClient
) -> None:
    id_ = uuid4()
    await api.put_document(id_, TEXT)
    await api.put_document(id_, TEXT, RULE)
    assert (await operator.erase(erase("document", id_))).outcome == "kept"


async def test_what_was_erased_before_is_not_kept_again(api: RegistryClient, operator: RegistryClient) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    await operator.erase(erase("document", ref.document_id))
    with pytest.raises(DocumentErased):
        await api.put_document(ref.document_id, TEXT, RULE)


async def test_the_database_itself_does_not_let_its_key_be_destroyed(
    api: RegistryClient, connections: asyncpg.Pool
) -> None:
    file_id = uuid4()
    await api.put_file(file_id, BYTES, RULE)
    destroy = "update keys set wrapped = null, wrapping_key = null, erased_at = now() where id = $1"
    with pytest.raises(asyncpg.CheckViolationError):
        await connections.execute(destroy, file_id)
