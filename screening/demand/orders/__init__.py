"""구인신청: what a firm is looking for, checked against the law, corrected, approved, filled and closed."""
