"""Anyone's pages: home, signing in, joining, certificate check, excellent firms, bulletins, postings, legal texts."""
