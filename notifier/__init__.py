"""Stall rules, working-day calendar, ladders and alerts: functions of events and time. Pure."""
