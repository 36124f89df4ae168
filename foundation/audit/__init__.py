"""No change without a record: plain rows, a guard that refuses unrecorded changes, and a sealed log."""
