"""Processes of the version before go on writing while a suite is upgraded: their rows of reviews tell no facts."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Fill the days in where they are missing.

    A default of the column would not do: rows are written from JSON whole, and what it leaves out is written as null.
    None of the days already known is lost: whoever belonged to the collective on one of them would see the review.
    """
    op.execute(
        """
        create function discipline.review_facts() returns trigger language plpgsql as $$
        begin
            new.facts := array(
                select distinct (item ->> 'fact_date')::date from jsonb_array_elements(new.basis) item
                union select new.fact_date
                union select unnest(known.facts) from discipline.review_view known where known.id = new.id
                order by 1);
            return new;
        end $$;
        create trigger review_facts before insert on discipline.review_view
            for each row when (new.facts is null) execute function discipline.review_facts();
        """
    )
