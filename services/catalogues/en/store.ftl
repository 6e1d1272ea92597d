## What operators read: kycuong clock, verify, projections.

store-database = The database cannot be reached. Check whether it is running.

# kycuong clock
clock-stands-still = This suite was started without the demo clock, so its time cannot be moved. Start it with kycuong up --demo-clock.
clock-goes-forward = Time goes forward only: it is { $now } already, later than { $moment }.
clock-not-settled = At { $moment } the suite did not get done: { $unsettled }. See kycuong deadletter list and the processes' logs.
