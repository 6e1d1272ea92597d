"""Whoever belonged to a collective at a fact does not see its review in a list either: the days of the facts."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the days; of facts that fell away before, a rebuild of the view tells."""
    op.execute(
        """
        alter table discipline.review_view add column facts date[];
        update discipline.review_view set facts = array(
            select distinct (item ->> 'fact_date')::date from jsonb_array_elements(basis) item
            union select fact_date order by 1);
        alter table discipline.review_view alter column facts set not null;
        """
    )
