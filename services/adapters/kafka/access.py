"""Who may do what on brokers that ask: each process a login of its own, with what its work needs and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from kafka import KafkaAdminClient
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
    UserScramCredentialUpsertion,
)
from kafka.errors import NoError

from schemas.topics import TOPICS
from services.adapters.kafka.brokers import MECHANISM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from services.adapters.kafka.brokers import Brokers

log = structlog.get_logger(__name__)

ITERATIONS = 8_192
"""Of the hash that the brokers keep; the passwords have 256 random bits."""
RELAY = "relay"
OPERATOR = "operator"
"""Who works on the topics by hand: verify, replay, status, backup, restore, partitions."""
EVERYTHING = (
    ACLOperation.READ,
    ACLOperation.WRITE,
    ACLOperation.CREATE,
    ACLOperation.ALTER,
    ACLOperation.DESCRIBE_CONFIGS,
)
ANY = "*"
"""Of a kind, whatever its name: who raises partitions must see everybody who reads."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One operation on one topic or consumer group; reading or writing a thing includes describing it."""

    kind: ResourceType
    name: str
    operation: ACLOperation


class AccessNotGranted(Exception):
    """The brokers did not take an access list or a password."""


def worker(context: str) -> str:
    """The login of a context's worker."""
    return f"worker-{context}"


def grants(prefix: str, reads: Mapping[str, Sequence[str]], groups: Mapping[str, str]) -> dict[str, set[Grant]]:
    """What each login may do; another suite on the same brokers has logins of its own.

    Args:
        prefix: stands before each login, topic and group.
        reads: the topics that each context's worker reads, without prefix.
        groups: the consumer group of each context's worker, without prefix.
    """
    given = {worker(context): {*_on(prefix, topics, ACLOperation.READ)} for context, topics in reads.items()}
    for context, group in groups.items():
        given[worker(context)].add(Grant(ResourceType.GROUP, prefix + group, ACLOperation.READ))
    given[RELAY] = {*_on(prefix, TOPICS, ACLOperation.WRITE)}
    watches = Grant(ResourceType.GROUP, ANY, ACLOperation.DESCRIBE)
    given[OPERATOR] = {*_on(prefix, TOPICS, *EVERYTHING), watches}
    return {prefix + login: allowed for login, allowed in given.items()}


def give(brokers: Brokers, given: Mapping[str, set[Grant]], passwords: Mapping[str, str]) -> None:
    """Set each login's password and access list; what a list had before and no longer says is taken away.

    Args:
        brokers: reached as somebody who may do this.
        given: login → what it may do.
        passwords: login → its password.

    Raises:
        AccessNotGranted: the brokers refuse.
        kafka.errors.KafkaError: they are away.
    """
    admin = KafkaAdminClient(**brokers.options())
    try:
        _set_passwords(admin, passwords)
        for login, wanted in given.items():
            _set_list(admin, f"User:{login}", wanted)
    finally:
        admin.close()
    log.info("access_granted", logins=sorted(given))


def _on(prefix: str, topics: Iterable[str], *operations: ACLOperation) -> Iterable[Grant]:
    return (Grant(ResourceType.TOPIC, prefix + topic, operation) for topic in topics for operation in operations)


def _set_passwords(admin: KafkaAdminClient, passwords: Mapping[str, str]) -> None:
    answers = admin.alter_user_scram_credentials(
        [
            UserScramCredentialUpsertion(login, MECHANISM, password, iterations=ITERATIONS)
            for login, password in passwords.items()
        ]
    )
    if refused := {login: error for login, error in answers.items() if error is not None}:
        raise AccessNotGranted(str(refused))


def _set_list(admin: KafkaAdminClient, principal: str, wanted: set[Grant]) -> None:
    anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
    there, _ = admin.describe_acls(ACLFilter(principal, None, ACLOperation.ANY, ACLPermissionType.ANY, anything))
    lists = {_acl(principal, grant) for grant in wanted}
    if new := lists - set(there):
        done = admin.create_acls(list(new))
        if done["failed"]:
            raise AccessNotGranted(f"{principal}: {done['failed']}")
    if old := set(there) - lists:
        failed = [error for _, _, error in admin.delete_acls(list(old)) if error is not NoError]
        if failed:
            raise AccessNotGranted(f"{principal}: {failed}")


def _acl(principal: str, grant: Grant) -> ACL:
    pattern = ResourcePattern(grant.kind, grant.name, ACLResourcePatternType.LITERAL)
    return ACL(principal, "*", grant.operation, ACLPermissionType.ALLOW, pattern)
