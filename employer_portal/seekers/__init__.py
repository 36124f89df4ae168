"""Pages behind links: no account, one page, one button; GET changes nothing."""
