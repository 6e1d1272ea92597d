"""Any process may die at any moment: nothing is lost, and nothing happens twice."""

import os
import random

import pytest

from tests.whole.chaos import Chaos
from tests.whole.running import running

KILLS = int(os.environ.get("KYCUONG_KILLS", "25"))
DAYS = "40"
"""Long enough for the first alerts of every follow-up and some steps of their ladders."""


@pytest.mark.timeout(900 + 20 * KILLS)
def test_chaos_loses_nothing_and_doubles_nothing() -> None:
    """SIGKILL for random processes while findings flow: every accepted finding has exactly one follow-up, every due
    alert is opened exactly once, the topics hold every event in order, and the chains verify.
    """
    seed = random.randrange(2**32)
    with running("--demo-clock", "--sample") as suite:
        chaos = Chaos(suite, random.Random(seed))
        chaos.run(KILLS)
        told = f"seed {seed}: killed {dict(chaos.killed)}, {len(chaos.accepted)} findings accepted"
        print(told)  # noqa: T201 -- what `make chaos` says, and what a failure shows
        suite.cli("clock", "advance", "--days", DAYS)

        accepted = set(chaos.accepted)
        assert len(accepted) == len(chaos.accepted) > 0
        submitted = chaos.submitted()
        assert submitted.keys() == accepted
        assert set(submitted.values()) == {1}
        assert chaos.followed_up() == submitted
        alerts = chaos.alerts()
        assert set(alerts.values()) == {1}
        assert {case_id for case_id, rule in alerts if rule == "not_acknowledged"} == accepted
        assert chaos.disorder() == []
        suite.cli("verify")
