"""옛 대장: an old register as a file, and its way into the database.

The file is UTF-8 text, one JSON object a line, as it is or packed with gzip. The first line is the header::

    {"format": "ieum-history", "version": 1, "register": "seoul-2009", "name": "서울일자리플러스센터 2009년 대장",
     "from": "2009-01-28", "until": "2009-09-03",
     "counts": {"person": 9322, "firm": 1700, "order": 2400, "placement": 4080}}

Every other line is one record, in any order; each has exactly these fields::

    {"type": "person", "key": "P1", "sex": "f", "birth_year": 1982, "district": "11215",
     "registered_on": "2009-02-02", "intern": false}
    {"type": "firm", "key": "F1", "name": "가온누리식품", "district": "11140", "employees": 12}
    {"type": "order", "key": "O1", "firm": "F1", "title": "경리 사무원 모집", "occupation": "0272", "headcount": 2,
     "opened_on": "2009-02-01", "status": "closed", "closed_on": "2009-03-02", "filled": 2}
    {"type": "placement", "person": "P1", "order": "O1", "hired_on": "2009-03-02"}

`register` names the register for ever (a–z, 0–9, '-', at most 20); keys are letters, digits, '.', '_', '-', at most
19, unique within their type. `sex` is 'f', 'm' or ''; `birth_year`, `district` (5-digit code of Seoul) and
`occupation` (4-digit code) may be null. `status` is as of the register's last day `until`: 'open' has `closed_on`
null. `filled` is how many placements of the order the file holds. People come without names: a field that is not
listed here is refused, so that none can slip in.
"""
