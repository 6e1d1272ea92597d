"""`kycuong verify` and `kycuong erase` on issued documents, with the registry as a process of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from schemas.discipline.documents import DocumentIssued, FileFormat, IssuedFile
from services.adapters import law
from services.adapters.postgres.store import PostgresStore
from services.adapters.registry.client import RegistryClient
from services.application.discipline.issuing import Issuing
from services.application.handler import Handler, Request
from services.entrypoints.registry.callers import secret_name
from tests.documents.register_samples import DECISIONS, document
from tests.parts import Database
from tests.processes import Household, Running
from tests.store.tally import SettableClock

PDF, DOCX = b"%PDF-1.7 as it was issued", b"PK as it was issued"
STREAM = f"register-{DECISIONS}"


@dataclass
class Issued:
    """A document that was issued, and where it was."""

    household: Household
    registry: Running
    pdf: UUID
    docx: UUID

    async def verify(self) -> tuple[int, str]:
        return await self.household.kycuong("verify", "--store-only")


@pytest.fixture
async def issued(database: Database, tmp_path: Path) -> AsyncIterator[Issued]:
    household, asked = Household(database, tmp_path), uuid4()
    async with (
        household.running("services.entrypoints.registry") as registry,
        RegistryClient(household.settings["registry"], household.secret(secret_name("api"))) as client,
    ):
        kept = law.OWN_RULE.rule_id
        store = await PostgresStore.open(database.dsn("discipline"), "discipline")
        pdf, docx = uuid4(), uuid4()

        async def file(id_: UUID, form: FileFormat, content: bytes) -> IssuedFile:
            sha256 = await client.put_file(id_, content, kept)
            return IssuedFile(format=form, file_id=id_, sha256=sha256, size=len(content))

        async def make(number: int) -> DocumentIssued:
            files = (await file(pdf, FileFormat.PDF, PDF), await file(docx, FileFormat.DOCX, DOCX))
            return document(number, files=files)

        request = Request(asked, "secretary", asked, asked)
        await Issuing().issue(Handler(store, SettableClock()), DECISIONS, make, request)
        await store.close()
        yield Issued(household, registry, pdf, docx)


async def test_files_that_are_as_they_were_issued_verify(issued: Issued) -> None:
    code, said = await issued.verify()
    assert (code, "compared 2 files of issued documents" in said) == (0, True)


async def test_a_kept_byte_that_was_changed_is_named_by_stream_and_version(issued: Issued, database: Database) -> None:
    changed = "update registry.contents set sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) where id = %s"
    database.execute(changed, issued.pdf)
    code, said = await issued.verify()
    assert code == 1
    assert f"discipline: stream {STREAM}, version 1: the file that is kept is not the one that was issued." in said


async def test_other_bytes_under_the_same_id_are_found_too(issued: Issued, database: Database) -> None:
    """Whoever has the registry's own key can seal others; their hash is not the one that the event has."""
    household = issued.household
    database.execute("delete from registry.contents where id = %s", issued.docx)
    async with RegistryClient(household.settings["registry"], household.secret(secret_name("api"))) as client:
        await client.put_file(issued.docx, b"PK with another form", law.OWN_RULE.rule_id)
    code, said = await issued.verify()
    assert (code, "is not the one that was issued" in said) == (1, True)


async def test_a_file_that_is_gone_is_named(issued: Issued, database: Database) -> None:
    database.execute("delete from registry.contents where id = %s", issued.pdf)
    code, said = await issued.verify()
    assert code == 1
    assert f"discipline: stream {STREAM}, version 1: the file of the issued document is gone." in said


async def test_a_registry_that_is_away_is_said_so_and_nothing_is_passed_over(issued: Issued) -> None:
    issued.registry.process.kill()
    code, said = await issued.verify()
    assert (code, "could not be compared" in said) == (1, True)


async def test_an_issued_file_is_not_erased_and_the_rule_that_is_no_law_says_so(issued: Issued) -> None:
    code, said = await issued.household.kycuong("erase", "--file", str(issued.pdf), "--reason", "request 12/2026")
    assert code == 1
    assert law.OWN_RULE.rule_id in said
    assert "which is no law" in " ".join(said.split())
    code, _ = await issued.verify()
    assert code == 0
