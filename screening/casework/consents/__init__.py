"""제3자 제공 동의: the seeker's own yes to this firm and these fields, by a link without an account."""
