"""Partners' pages: chambers see the ranking of their district, agencies the people they sent."""
