"""고용유지: after 30, 90, 180 and 365 days one question with one button."""
