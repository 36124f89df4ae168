"""The lead's pages: editions, objections, certificates, the bulletin."""
