"""일괄 배정: who might be proposed to which open order when all look at once and nobody is given away too often."""
