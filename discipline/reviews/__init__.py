"""Accountability reviews (kiểm điểm, xử lý trách nhiệm), from the proposal to the opening or refusal."""
