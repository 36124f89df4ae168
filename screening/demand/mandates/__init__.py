"""채용대행 위임: what a firm lets the center do for one order, signed, dated and expiring."""
