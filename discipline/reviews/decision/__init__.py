"""The decision on a review, and its life: served, published, corrected, revoked, expired; and reassignment."""
