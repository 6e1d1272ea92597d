"""From the notice to the board's recommendation: self-review, meeting, summons, hearing."""
