"""The door: signing in and out, taking up an invitation."""
