"""Who a seeker is, apart from everything else: one sealed record, blind indexes, and a record of every look."""
