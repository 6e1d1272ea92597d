"""Inspections (thanh tra) and checks (kiểm tra): planned, opened with a team, concluded or cancelled."""
