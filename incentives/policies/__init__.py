"""The rules of recognition as versioned, dated data: whoever wants other weights writes a new version."""
