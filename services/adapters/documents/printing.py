"""From a template's words and a case to the paper, in both formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.discipline.documents import DocumentKind, FileFormat
from schemas.refusal import Refusal
from services.adapters.catalogues import text
from services.adapters.documents.case import LANGUAGE
from services.adapters.documents.docx import docx
from services.adapters.documents.pdf import pdf
from services.adapters.documents.wording import filled
from services.application.discipline.sheet import Paragraph, Sheet, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from schemas.discipline.documents import TemplateUsed, Wording
    from services.adapters.documents.case import Case
    from services.adapters.documents.issuer import Issuer
    from services.adapters.documents.values import Values

WITHOUT_NUMBER = "....."
"""Where the number will stand."""
MEDIA_TYPES: Mapping[FileFormat, str] = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(unsafe_hash=True)
class PublicationNamesPerson(Refusal):
    """What is to be published names somebody of the case who is neither its subject nor its signer."""

    person_id: UUID


@dataclass(frozen=True)
class Prepared:
    """A document that lacks its number only."""

    kind: DocumentKind
    case: Case
    step: int
    """Version of the review's event that it puts into words."""
    issuer: Issuer
    wording: Wording
    template: TemplateUsed
    values: Values

    @property
    def symbol(self) -> str:
        """What stands after the number."""
        return filled(self.wording, self.values).symbol

    def sheet(self, number: int | None) -> Sheet:
        """The paper with its number; without one, a draft."""
        said, case, issuer = filled(self.wording, self.values), self.case, self.issuer
        secretary = issuer.secretary if said.countersignature else None
        return Sheet(
            agency_above=issuer.above,
            issuer=issuer.name,
            number=f"{WITHOUT_NUMBER if number is None else f'{number:02d}'}/{said.symbol}",
            place=said.place or case.place(issuer.agency_id),
            day=case.day,
            title=said.title,
            subject=said.subject,
            authority_line=said.authority_line or None,
            bases=said.bases,
            body=tuple(map(Paragraph.of, said.body)),
            recipients=said.recipients,
            signature=Signed(said.signature, case.name(issuer.signer)),
            countersignature=None if secretary is None else Signed(said.countersignature, case.name(secretary)),
            draft=text(LANGUAGE, "document-draft") if number is None else None,
        )

    def refuse_names(self) -> None:
        """Raises `PublicationNamesPerson` where a publication names somebody whom it must not."""
        if self.kind is not DocumentKind.PUBLICATION:
            return
        said = str(self.values["content"]).casefold()
        free = {self.case.review.subject.person_id, self.issuer.signer}
        spared = {name.casefold() for person_id, name in self.case.names.items() if person_id in free}
        for person_id, name in self.case.names.items():
            if name.casefold() in said and name.casefold() not in spared:
                raise PublicationNamesPerson(person_id)


def rendered(sheet: Sheet, form: FileFormat) -> bytes:
    """The paper in a format."""
    return pdf(sheet) if form is FileFormat.PDF else docx(sheet)
