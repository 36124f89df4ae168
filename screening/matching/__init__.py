"""Matching, pure: arrays in, ranked and explained lists out; integers of 1/1000 point, so that sums agree exactly."""
