"""What lists of findings, inspections and directives show; written with the events that they follow from."""

from alembic import op

revision = "0003"
down_revision = "0002"

FINDINGS = """
create table inspection.finding_view (
    id uuid primary key,
    status text not null,
    agency_id text not null,
    directive_id text not null,
    violation_type text not null,
    fact_date date not null,
    source text not null,
    inspection_id uuid,
    matter_id uuid not null,
    inspector_id uuid,
    replaces uuid,
    pack_version integer,
    detected_at timestamptz,
    contest_until timestamptz,
    due_at timestamptz,
    historic boolean,
    original_id uuid,
    version integer not null,
    updated_at timestamptz not null
);
create index finding_view_by_day on inspection.finding_view (fact_date desc, id desc);
create index finding_view_by_agency on inspection.finding_view (agency_id, fact_date desc, id desc);
create index finding_view_by_inspector on inspection.finding_view (inspector_id, fact_date desc, id desc);
create index finding_view_by_matter on inspection.finding_view (matter_id);
create index finding_view_by_inspection on inspection.finding_view (inspection_id);
"""

INSPECTIONS = """
create table inspection.inspection_view (
    id uuid primary key,
    status text not null,
    legal_kind text not null,
    form text not null,
    directive_id text not null,
    agency_ids text[] not null,
    from_day date not null,
    to_day date not null,
    planned_by uuid not null,
    leader_id uuid,
    member_ids uuid[] not null,
    opened_on date,
    concluded_at timestamptz,
    version integer not null,
    updated_at timestamptz not null
);
create index inspection_view_by_day on inspection.inspection_view (from_day desc, id desc);
create index inspection_view_by_agency on inspection.inspection_view using gin (agency_ids);
"""

DIRECTIVES = """
create table inspection.directive_view (
    id text primary key,
    number text,
    name_vi text not null,
    name_en text not null,
    pack_version integer not null,
    adopted_from date not null,
    pack_from date not null,
    repealed_on date,
    version integer not null,
    updated_at timestamptz not null
);
"""


def upgrade() -> None:
    """Create the views' tables."""
    for statements in (FINDINGS, INSPECTIONS, DIRECTIVES):
        op.execute(statements)
