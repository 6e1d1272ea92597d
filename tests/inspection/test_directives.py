"""A directive is adopted, amended and repealed by date, and facts are measured by the pack of their day."""

from datetime import date

import pytest

from inspection.directives import refusals
from inspection.directives.commands import AdoptDirective, AmendDirective, RepealDirective
from inspection.directives.decide import decide, fingerprint
from inspection.directives.evolve import evolve
from inspection.directives.queries import in_force, terms_of
from inspection.directives.state import INITIAL
from schemas.inspection.directives import DirectiveAdopted, DirectiveAmended, DirectiveRepealed
from schemas.values import Name
from tests.inspection.directive_packs import DIRECTIVE, LATE, NEWER, PACK, SHA256, pack, working
from tests.specification import Decider, given

DIRECTIVES = Decider(INITIAL, decide, evolve)
ADOPTED_FROM, AMENDED_FROM, REPEALED_ON = date(2014, 12, 31), date(2023, 1, 1), date(2025, 7, 1)

adopted = DirectiveAdopted(
    directive_id=DIRECTIVE, authority_id="binh-an", effective_from=ADOPTED_FROM, pack=PACK, pack_sha256=SHA256
)
amended = DirectiveAmended(
    directive_id=DIRECTIVE, effective_from=AMENDED_FROM, pack=NEWER, pack_sha256=fingerprint(NEWER)
)
repealed = DirectiveRepealed(directive_id=DIRECTIVE, effective_to=REPEALED_ON)
amend = AmendDirective(DIRECTIVE, AMENDED_FROM, NEWER, fingerprint(NEWER))


def test_adopting_carries_the_whole_content() -> None:
    given(DIRECTIVES).when(AdoptDirective(DIRECTIVE, "binh-an", ADOPTED_FROM, PACK, SHA256)).then(adopted)


def test_a_content_that_nobody_agreed_to_is_not_adopted() -> None:
    agreed = "0" * 64
    command = AdoptDirective(DIRECTIVE, "binh-an", ADOPTED_FROM, PACK, agreed)
    given(DIRECTIVES).when(command).refused(refusals.PackDiffers(agreed, SHA256))


def test_one_changed_word_changes_the_fingerprint() -> None:
    assert fingerprint(pack(name=Name(vi="Chỉ thị.", en="Directive"))) != SHA256


def test_a_pack_of_another_directive_is_not_adopted() -> None:
    command = AdoptDirective("other", "binh-an", ADOPTED_FROM, PACK, SHA256)
    given(DIRECTIVES).when(command).refused(refusals.PackOfAnotherDirective("other", DIRECTIVE))


def test_a_directive_is_adopted_once() -> None:
    command = AdoptDirective(DIRECTIVE, "binh-an", AMENDED_FROM, NEWER, fingerprint(NEWER))
    given(DIRECTIVES, adopted).when(command).refused(refusals.DirectiveAlreadyAdopted(DIRECTIVE))


def test_an_amendment_puts_a_newer_version_in_force() -> None:
    given(DIRECTIVES, adopted).when(amend).then(amended)


def test_only_an_adopted_directive_is_amended_or_repealed() -> None:
    given(DIRECTIVES).when(amend).refused(refusals.DirectiveNotAdopted(DIRECTIVE))
    given(DIRECTIVES).when(RepealDirective(DIRECTIVE, REPEALED_ON)).refused(refusals.DirectiveNotAdopted(DIRECTIVE))


def test_an_amendment_has_a_newer_version() -> None:
    command = AmendDirective(DIRECTIVE, AMENDED_FROM, PACK, SHA256)
    given(DIRECTIVES, adopted).when(command).refused(refusals.PackVersionNotNewer(1, 1))


def test_an_amendment_begins_after_the_version_before() -> None:
    command = AmendDirective(DIRECTIVE, ADOPTED_FROM, NEWER, fingerprint(NEWER))
    given(DIRECTIVES, adopted).when(command).refused(refusals.NotAfterTheLastVersion(ADOPTED_FROM))


def test_a_repealed_directive_is_not_amended_any_more() -> None:
    command = AmendDirective(DIRECTIVE, REPEALED_ON, NEWER, fingerprint(NEWER))
    refusal = refusals.DirectiveNoLongerInForce(DIRECTIVE, REPEALED_ON)
    given(DIRECTIVES, adopted, repealed).when(command).refused(refusal)


def test_a_directive_is_repealed_from_a_day_on() -> None:
    given(DIRECTIVES, adopted).when(RepealDirective(DIRECTIVE, REPEALED_ON)).then(repealed)


def test_a_repeal_does_not_reach_behind_the_version_in_force() -> None:
    command = RepealDirective(DIRECTIVE, AMENDED_FROM)
    given(DIRECTIVES, adopted, amended).when(command).refused(refusals.NotAfterTheLastVersion(AMENDED_FROM))


def test_it_is_repealed_once() -> None:
    command = RepealDirective(DIRECTIVE, date(2026, 1, 1))
    refusal = refusals.DirectiveNoLongerInForce(DIRECTIVE, REPEALED_ON)
    given(DIRECTIVES, adopted, repealed).when(command).refused(refusal)


@pytest.mark.parametrize(
    ("fact_date", "version", "historic"),
    [
        (date(2014, 12, 30), 1, True),
        (date(2014, 12, 31), 1, False),
        (date(2022, 12, 31), 1, False),
        (date(2023, 1, 1), 2, False),
        (date(2025, 6, 30), 2, False),
    ],
)
def test_a_fact_is_measured_by_the_pack_of_its_day(fact_date: date, version: int, historic: bool) -> None:
    """What is older than the directive is history, measured by its first pack."""
    held = in_force(given(DIRECTIVES, adopted, amended, repealed).state, DIRECTIVE, fact_date)
    assert (held.pack.version, held.historic) == (version, historic)


def test_after_its_repeal_a_directive_measures_nothing() -> None:
    with pytest.raises(refusals.DirectiveNoLongerInForce):
        in_force(given(DIRECTIVES, adopted, amended, repealed).state, DIRECTIVE, REPEALED_ON)


def test_what_nobody_adopted_measures_nothing() -> None:
    with pytest.raises(refusals.DirectiveNotAdopted):
        in_force(INITIAL, DIRECTIVE, REPEALED_ON)


def test_a_follow_up_takes_its_terms_from_the_row_of_its_violation() -> None:
    terms = terms_of(NEWER, LATE)
    assert (terms.pack_version, terms.remediation, terms.review_threshold) == (2, working(5), 3)


def test_a_type_that_the_pack_does_not_know_is_refused() -> None:
    with pytest.raises(refusals.ViolationTypeUnknown) as caught:
        terms_of(PACK, "unheard-of")
    assert caught.value == refusals.ViolationTypeUnknown("unheard-of", DIRECTIVE, 1)
