"""국세청 사업자등록정보: whether a business number belongs to a going business, and to the one that was named."""
