"""구직자 명단: a table of 구직신청서 read into the pool, row by row, with a sentence for every row that stays out."""
