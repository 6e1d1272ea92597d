"""An authority's own words: taken when a document of the kind can be made of them, used once they are activated."""

from uuid import UUID

from discipline.documents.fields import names, obligatory
from discipline.documents.templates import state
from discipline.documents.templates.commands import ActivateTemplate, StoreTemplate, WithdrawTemplate
from discipline.documents.templates.decide import decide
from discipline.documents.templates.evolve import evolve
from discipline.documents.templates.refusals import (
    TemplateFieldMissing,
    TemplateFieldUnknown,
    TemplateInUse,
    TemplateNotInUse,
    TemplateStoredBefore,
    TemplateVersionUnknown,
)
from schemas.discipline.documents import DocumentKind
from schemas.discipline.templates import TemplateActivated, TemplateStored, TemplateWithdrawn
from schemas.refusal import Coded
from services.adapters.documents.shipped import shipped
from tests.specification import Decider, given

TEMPLATE = Decider(state.initial, decide, evolve)
BY, OWNER, KIND = UUID(int=0xC4A), "so-xay-dung", DocumentKind.DECISION
WORDS, MUST = shipped(KIND), obligatory(KIND)


def store(sha256: str = "5e" * 32, used: frozenset[str] = MUST) -> StoreTemplate:
    return StoreTemplate(OWNER, KIND, WORDS, sha256, used, BY)


def stored(version: int = 1, sha256: str = "5e" * 32) -> TemplateStored:
    return TemplateStored(owner=OWNER, kind=KIND, version=version, wording=WORDS, sha256=sha256, stored_by=BY)


def activated(version: int) -> TemplateActivated:
    return TemplateActivated(owner=OWNER, kind=KIND, version=version, activated_by=BY)


def test_words_with_every_obligatory_field_are_a_version() -> None:
    given(TEMPLATE).when(store()).then(stored(1))


def test_other_words_are_the_next_version() -> None:
    given(TEMPLATE, stored(1)).when(store("6f" * 32)).then(stored(2, "6f" * 32))


def test_the_same_words_are_there_already() -> None:
    given(TEMPLATE, stored(1)).when(store()).refused(TemplateStoredBefore(1))


def test_a_field_that_the_kind_does_not_have_is_named_with_those_that_it_has() -> None:
    known = ", ".join(sorted(names(KIND)))
    given(TEMPLATE).when(store(used=MUST | {"votes", "attended"})).refused(
        TemplateFieldUnknown(Coded("document-kind", KIND), "attended, votes", known)
    )


def test_an_obligatory_field_that_is_left_out_is_named() -> None:
    given(TEMPLATE).when(store(used=MUST - {"form", "content"})).refused(
        TemplateFieldMissing(Coded("document-kind", KIND), "content, form")
    )


def test_a_version_is_used_once_it_is_activated() -> None:
    history = given(TEMPLATE, stored(1), stored(2, "6f" * 32))
    assert history.state.in_use is None
    after = history.when(ActivateTemplate(OWNER, KIND, 1, BY)).then(activated(1))
    assert after.state.in_use == state.Version(1, WORDS, "5e" * 32)
    after.when(ActivateTemplate(OWNER, KIND, 2, BY)).then(activated(2))


def test_what_is_in_use_is_not_activated_again() -> None:
    given(TEMPLATE, stored(1), activated(1)).when(ActivateTemplate(OWNER, KIND, 1, BY)).refused(TemplateInUse(1))


def test_a_version_that_is_not_there_is_not_activated() -> None:
    given(TEMPLATE, stored(1)).when(ActivateTemplate(OWNER, KIND, 2, BY)).refused(TemplateVersionUnknown(2, 1))
    given(TEMPLATE).when(ActivateTemplate(OWNER, KIND, 0, BY)).refused(TemplateVersionUnknown(0, 0))


def test_words_of_ones_own_are_withdrawn_and_may_be_used_again() -> None:
    """Back to those of the agency above, or the shipped; every version stays."""
    withdrawn = TemplateWithdrawn(owner=OWNER, kind=KIND, version=1, withdrawn_by=BY)
    after = given(TEMPLATE, stored(1), activated(1)).when(WithdrawTemplate(OWNER, KIND, BY)).then(withdrawn)
    assert after.state.in_use is None
    after.when(ActivateTemplate(OWNER, KIND, 1, BY)).then(activated(1))


def test_where_no_words_of_ones_own_are_in_use_none_are_withdrawn() -> None:
    given(TEMPLATE, stored(1)).when(WithdrawTemplate(OWNER, KIND, BY)).refused(TemplateNotInUse())
