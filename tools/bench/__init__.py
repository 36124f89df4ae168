"""Measurements: one process, everything interleaved, ratios instead of seconds."""
