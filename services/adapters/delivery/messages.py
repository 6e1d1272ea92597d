"""What is said: texts of the catalogues, filled with names of agencies and posts. Never a word of a case's narrative.

Of a confidential case a message says only that something waits.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import orjson

from inspection.timeline import at
from notifier.calendar import local_day
from services.adapters import law_words
from services.adapters.catalogues import Language, text
from services.adapters.delivery.mail import Letter

if TYPE_CHECKING:
    from asyncpg import Record

    from inspection.organisation.state import Organisation
    from schemas.values import Name

_INSTANT = timedelta(microseconds=1)


def letter(row: Record, name: str, organisation: Organisation, language: Language) -> Letter:
    """The letter of a step to a person.

    Args:
        row: the leased delivery with its alert.
        name: the person's, for the salutation.
        organisation: for the names of agencies and posts.
        language: the person's.
    """
    facts = {"name": name, "alert": str(row["alert_id"]), **_case(row, organisation, language)}
    kind = "mail-confidential" if row["confidential"] else "mail-alert"
    return Letter(text(language, f"{kind}.subject", facts), text(language, kind, facts))


def _case(row: Record, organisation: Organisation, language: Language) -> dict[str, object]:
    if row["confidential"]:
        return {}
    day = local_day(row["told_at"])
    rule = f"stall-{row['rule'].replace('_', '-')}"
    facts: dict[str, object] = {
        "rule": text(language, rule),
        "ends": text(language, f"{rule}.ends"),
        "agency": _agency(row["agency_id"], organisation, day, language),
        "owner": _post(row["owner_post"], organisation, day, language),
        "recipient": _post(row["post_id"], organisation, day, language),
        "provision": law_words.ground(language, row["provision"]),
        "since": local_day(row["since"]),
        "step": row["step"] + 1,
        "steps": row["steps"],
    }
    end = row["ends_at"] or row["due_at"]
    until = text(language, "mail-until", {"day": local_day(end - _INSTANT)})
    return {**facts, "until": until}


def notice(row: Record, language: Language) -> Letter:
    """The letter of a watchdog's notice to an administrator."""
    since = f"{row['began_at'].isoformat(timespec='seconds')}"
    facts = {"subject": text(language, f"watched-{row['subject']}"), "since": since}
    return Letter(text(language, "mail-notice.subject", facts), text(language, "mail-notice", facts))


def payload(row: Record) -> bytes:
    """The body of a webhook: ids and moments, which the receiver reads further with its own rights."""
    data: dict[str, object] = {"alert_id": row["alert_id"], "step": row["step"], "post_id": row["post_id"]}
    if not row["confidential"]:
        columns = ("case_kind", "case_id", "rule", "agency_id", "owner_post", "since", "due_at", "ends_at", "provision")
        data |= {column: row[column] for column in columns}
    told = {"type": "alert.told", "timestamp": row["told_at"], "data": data}
    return orjson.dumps(told, option=orjson.OPT_UTC_Z, default=str)


def _agency(agency_id: str | None, organisation: Organisation, day: date, language: Language) -> str:
    agency = organisation.agencies.get(agency_id or "")
    return _named(at(agency.names, day) if agency else None, agency_id, language)


def _post(post_id: str | None, organisation: Organisation, day: date, language: Language) -> str:
    """A post by its title and its agency: "Chánh Thanh tra, Thanh tra tỉnh"."""
    post = organisation.posts.get(post_id or "")
    if post is None:
        return post_id or "–"
    return f"{_in(post.title, language)}, {_agency(post.agency_id, organisation, day, language)}"


def _named(name: Name | None, id_: str | None, language: Language) -> str:
    return _in(name, language) if name else id_ or "–"


def _in(name: Name, language: Language) -> str:
    return name.vi if language == "vi" else name.en
