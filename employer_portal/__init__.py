"""Every face of the house, by audience, and the joining place."""
