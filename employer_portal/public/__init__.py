"""Anyone's pages: home, guide, certificate check, excellent firms, bulletins, legal texts."""
