"""Follow-ups, agency records and accountability reviews, and the law they rest on. Pure."""
