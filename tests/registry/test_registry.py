"""The registry as its callers see it, over its HTTP interface and a real database."""

import asyncio
import base64
import os
from uuid import UUID, uuid4

import asyncpg
import pytest

from schemas.values import DocumentRef
from services.adapters.registry import wire
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.adapters.registry.crypto import Unreadable, WrappingKeys, proof
from services.adapters.registry.store import RegistryStore
from services.application.registry import (
    Document,
    DocumentErased,
    Person,
    Reading,
    RegistryUnavailable,
    StateSecretRefused,
)
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import Callers
from tests.listening import served
from tests.parts import Database
from tests.registry.conftest import SECRETS

TEXT = "Cán bộ một cửa yêu cầu bổ sung giấy tờ ngoài quy định."
READING = Reading("officer-7", "GET /inspection/findings/{finding_id}", UUID(int=5))
ADMINISTRATOR = "0b9cbd8e-administrator"
PERSON = Person("Nguyễn Thị Ánh", "anh@example.test", "0900000000", None)


async def the(client: RegistryClient, ref: DocumentRef) -> Document | None:
    return (await client.documents([ref], READING)).get(ref.document_id)


def erase(kind: str, id_: UUID) -> wire.Erase:
    return wire.Erase(kind=kind, id=id_, actor="admin", reason="request 12/2026")


async def test_a_document_is_read_back_by_its_proof(api: RegistryClient) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    document = await the(api, ref)
    assert document is not None
    assert document.text == TEXT
    assert proof(document.salt, document.text.encode()) == ref.sha256


async def test_putting_the_same_text_again_is_the_same_version(api: RegistryClient) -> None:
    id_ = uuid4()
    assert await api.put_document(id_, TEXT) == await api.put_document(id_, TEXT)


async def test_the_same_text_under_two_ids_has_two_proofs(api: RegistryClient) -> None:
    """The salt is secret: nobody finds out from the events that two findings say the same."""
    assert (await api.put_document(uuid4(), TEXT)).sha256 != (await api.put_document(uuid4(), TEXT)).sha256


async def test_a_correction_is_a_new_version_and_the_old_one_stays_provable(api: RegistryClient) -> None:
    id_ = uuid4()
    first = await api.put_document(id_, TEXT)
    second = await api.put_document(id_, TEXT + " (sửa)")
    old, new = await the(api, first), await the(api, second)
    assert old is not None
    assert new is not None
    assert (old.version, old.text) == (1, TEXT)
    assert (new.version, new.text) == (2, TEXT + " (sửa)")


async def test_a_proof_that_is_not_the_documents_finds_nothing(api: RegistryClient) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    assert await the(api, ref.model_copy(update={"sha256": "0" * 64})) is None


async def test_concurrent_puts_of_one_text_agree(api: RegistryClient, address: str) -> None:
    """Two processes get the same request at once: one version, one proof."""
    id_ = uuid4()
    async with RegistryClient(address, SECRETS["api"]) as other:
        refs = await asyncio.gather(*(client.put_document(id_, TEXT) for client in (api, other) for _ in range(5)))
    assert len(set(map(str, refs))) == 1


async def test_concurrent_puts_of_many_documents_are_all_kept(api: RegistryClient) -> None:
    texts = {uuid4(): f"{TEXT} {number}" for number in range(60)}
    refs = await asyncio.gather(*(api.put_document(id_, text) for id_, text in texts.items()))
    read = await api.documents(refs, READING)
    assert {id_: document.text for id_, document in read.items()} == texts


async def test_two_texts_of_one_document_at_once_are_two_versions(api: RegistryClient) -> None:
    id_ = uuid4()
    refs = await asyncio.gather(api.put_document(id_, "một"), api.put_document(id_, "hai"))
    read = [document.text for ref in refs if (document := await the(api, ref))]
    assert read == ["một", "hai"]


async def test_an_erased_document_is_gone_and_its_proof_still_verifies(
    api: RegistryClient, operator: RegistryClient
) -> None:
    """Whoever kept text and salt can still prove that this is what the event refers to."""
    ref = await api.put_document(uuid4(), TEXT)
    kept = await the(api, ref)
    assert kept is not None
    assert (await operator.erase(erase("document", ref.document_id))).outcome == "erased"
    assert await the(api, ref) is None
    assert proof(kept.salt, kept.text.encode()) == ref.sha256


async def test_erasing_destroys_key_and_contents_of_every_version(
    api: RegistryClient, operator: RegistryClient, database: Database
) -> None:
    id_ = uuid4()
    await api.put_document(id_, TEXT)
    await api.put_document(id_, TEXT + " (sửa)")
    await operator.erase(erase("document", id_))
    assert database.execute("select wrapped, wrapping_key, erased_by, erased_because from registry.keys") == [
        (None, None, "admin", "request 12/2026")
    ]
    assert database.execute("select count(*) from registry.contents") == [(0,)]


async def test_ciphertext_that_survived_somewhere_cannot_be_read_after_erasure(
    api: RegistryClient, operator: RegistryClient, database: Database, store: RegistryStore
) -> None:
    """A copy of the sealed content is put back by hand: without its data key it stays unreadable."""
    ref = await api.put_document(uuid4(), TEXT)
    [copy] = database.execute("select id, version, sealed, sha256 from registry.contents")
    await operator.erase(erase("document", ref.document_id))
    database.execute("insert into registry.contents (id, version, sealed, sha256) values (%s, %s, %s, %s)", *copy)
    assert await the(api, ref) is None


async def test_what_was_erased_is_not_kept_again(api: RegistryClient, operator: RegistryClient) -> None:
    """A late repetition of the first request must not bring it back."""
    id_ = uuid4()
    await api.put_document(id_, TEXT)
    await operator.erase(erase("document", id_))
    with pytest.raises(DocumentErased):
        await api.put_document(id_, TEXT)


async def test_erasing_twice_says_so_and_keeps_the_first_reason(
    api: RegistryClient, operator: RegistryClient, database: Database
) -> None:
    id_ = uuid4()
    await api.put_document(id_, TEXT)
    await operator.erase(erase("document", id_))
    assert (await operator.erase(wire.Erase(kind="document", id=id_, actor="x", reason="y"))).outcome == "erased-before"
    assert database.execute("select erased_by from registry.keys") == [("admin",)]


async def test_erasing_what_never_was_says_so(operator: RegistryClient) -> None:
    assert (await operator.erase(erase("person", uuid4()))).outcome == "unknown"


async def test_every_reading_is_recorded(api: RegistryClient, database: Database) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    await the(api, ref)
    assert database.execute(
        "select caller, reader, purpose, correlation_id, document_id, version from registry.reads"
    ) == [("api", READING.reader, READING.purpose, READING.correlation_id, ref.document_id, 1)]


async def test_the_record_of_readings_cannot_be_changed_by_the_registry(connections: asyncpg.Pool) -> None:
    for statement in ("delete from reads", "update reads set reader = 'nobody'", "truncate reads"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connections.execute(statement)


async def test_nothing_readable_is_stored(api: RegistryClient, connections: asyncpg.Pool) -> None:
    await api.put_document(uuid4(), TEXT)
    await api.put_person(uuid4(), PERSON, ADMINISTRATOR)
    stored = await connections.fetch("select contents::text as row from contents union all select keys::text from keys")
    whole = "".join(row["row"] for row in stored)
    for secret in (TEXT, PERSON.name, "anh@example.test"):
        assert secret not in whole
        assert secret.encode().hex() not in whole


async def test_the_courier_gets_contacts_and_the_api_only_names(api: RegistryClient, courier: RegistryClient) -> None:
    id_ = uuid4()
    await api.put_person(id_, PERSON, ADMINISTRATOR)
    assert await courier.persons([id_]) == {id_: PERSON}
    assert await api.persons([id_]) == {id_: Person(PERSON.name)}


async def test_a_corrected_person_is_read_as_corrected(api: RegistryClient, courier: RegistryClient) -> None:
    id_ = uuid4()
    await api.put_person(id_, PERSON, ADMINISTRATOR)
    await api.put_person(id_, Person("Nguyễn Thị Ánh Tuyết"), ADMINISTRATOR)
    assert await courier.persons([id_]) == {id_: Person("Nguyễn Thị Ánh Tuyết")}


async def test_an_erased_person_is_absent_among_others(api: RegistryClient, operator: RegistryClient) -> None:
    erased, stays = uuid4(), uuid4()
    await api.put_persons({erased: PERSON, stays: PERSON}, ADMINISTRATOR)
    await operator.erase(erase("person", erased))
    assert set(await api.persons([erased, stays, uuid4()])) == {stays}


async def test_rights_are_each_callers_own(courier: RegistryClient, api: RegistryClient) -> None:
    with pytest.raises(RegistryRefused, match="403"):
        await courier.put_document(uuid4(), TEXT)
    with pytest.raises(RegistryRefused, match="403"):
        await api.erase(erase("person", uuid4()))


async def test_a_stranger_gets_nothing(address: str) -> None:
    async with RegistryClient(address, "guess") as stranger:
        with pytest.raises(RegistryRefused, match="401"):
            await stranger.persons([uuid4()])


@pytest.mark.parametrize(
    "text", ["MẬT\nNội dung", "Nội dung\n  TUYỆT MẬT  \n", "Độ mật: …\nĐỘ MẬT: TỐI MẬT", "[MẬT]", "MA\u0323\u0302T"]
)
async def test_the_stamp_of_a_state_secret_is_refused(api: RegistryClient, database: Database, text: str) -> None:
    with pytest.raises(StateSecretRefused):
        await api.put_document(uuid4(), text)
    assert database.execute("select count(*) from registry.contents") == [(0,)]


@pytest.mark.parametrize("text", ["Lộ bí mật nhà nước", "Bảo mật thông tin", "TÀI LIỆU BÍ MẬT CÁ NHÂN", "mật"])
async def test_the_word_within_a_text_is_not_the_stamp(api: RegistryClient, text: str) -> None:
    assert (await api.put_document(uuid4(), text)).sha256


async def test_a_text_beyond_every_length_fails_alone(api: RegistryClient) -> None:
    good = api.put_document(uuid4(), TEXT)
    bad = api.put_document(uuid4(), "x" * (wire.LONGEST_TEXT + 1))
    kept, refused = await asyncio.gather(good, bad, return_exceptions=True)
    assert isinstance(kept, DocumentRef)
    assert isinstance(refused, ValueError)
    assert "xxx" not in str(refused)


async def test_one_refused_text_does_not_fail_the_others(api: RegistryClient) -> None:
    good = api.put_document(uuid4(), TEXT)
    bad = api.put_document(uuid4(), "MẬT")
    kept, refused = await asyncio.gather(good, bad, return_exceptions=True)
    assert isinstance(kept, DocumentRef)
    assert isinstance(refused, StateSecretRefused)


async def test_rotation_leaves_everything_readable_and_the_old_key_useless(
    api: RegistryClient, connections: asyncpg.Pool, wrapping_key: str
) -> None:
    ref = await api.put_document(uuid4(), TEXT)
    new = base64.b64encode(os.urandom(32)).decode()
    both = RegistryStore(connections, WrappingKeys(new, [wrapping_key]))
    assert await both.rewrap() == 1
    assert await both.rewrap() == 0
    after = RegistryStore(connections, WrappingKeys(new))
    read = await after.read_documents([(ref.document_id, ref.sha256)], READING, "api")
    assert [document.text for document in read] == [TEXT]
    with pytest.raises(Unreadable):
        await RegistryStore(connections, WrappingKeys(wrapping_key)).read_documents(
            [(ref.document_id, ref.sha256)], READING, "api"
        )


async def test_a_registry_without_database_is_unavailable(connections: asyncpg.Pool, wrapping_key: str) -> None:
    desk = Desk(RegistryStore(connections, WrappingKeys(wrapping_key), patience=0.1), Callers(SECRETS))
    await connections.close()
    async with served(desk.app()) as address, RegistryClient(address, SECRETS["api"]) as client:
        with pytest.raises(RegistryUnavailable):
            await client.put_document(uuid4(), TEXT)


async def test_a_registry_that_is_not_there_is_unavailable() -> None:
    async with RegistryClient("http://127.0.0.1:9", "x", patience=0.1) as client:
        with pytest.raises(RegistryUnavailable):
            await client.put_document(uuid4(), TEXT)
