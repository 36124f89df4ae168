"""Pages of the feed into rows: JSON and XML, whole or broken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.intake.feed.reading import FeedUnreadable, read_rows

ROW = {
    "JO_REQST_NO": "H954202601010001",
    "CMPNY_NM": "(주)가온 &amp; 누리",
    "RCRIT_NMPR_CO": 2.0,
    "SUBWAY_NM": None,
}
READ = {
    "JO_REQST_NO": "H954202601010001",
    "CMPNY_NM": "(주)가온 &amp; 누리",
    "RCRIT_NMPR_CO": "2.0",
    "SUBWAY_NM": "",
}


def page(rows: object, code: str = "INFO-000") -> bytes:
    body = {"list_total_count": 1, "RESULT": {"CODE": code, "MESSAGE": "정상"}, "row": rows}
    return json.dumps({"GetJobInfo": body}, ensure_ascii=False).encode()


def test_envelope() -> None:
    assert read_rows(page([ROW])) == [READ]


def test_byte_order_mark_and_blanks() -> None:
    assert read_rows(b"\xef\xbb\xbf \n" + page([ROW]) + b"\n") == [READ]


def test_one_row_instead_of_a_list() -> None:
    assert read_rows(page(ROW)) == [READ]
    assert read_rows(json.dumps(ROW).encode()) == [READ]


def test_bare_list_and_list_of_pages() -> None:
    assert read_rows(json.dumps([ROW, ROW]).encode()) == [READ, READ]
    pages = [json.loads(page([ROW])), json.loads(page([ROW, ROW]))]
    assert len(read_rows(json.dumps(pages).encode())) == 3


def test_an_item_that_is_no_row_keeps_its_place() -> None:
    assert read_rows(json.dumps([ROW, "?", None]).encode()) == [READ, {}, {}]


def test_no_rows() -> None:
    assert read_rows(page([])) == []
    assert read_rows(b"[]") == []
    assert (
        read_rows('{"RESULT": {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}}'.encode()) == []
    )
    assert read_rows(b"<RESULT><CODE>INFO-200</CODE><MESSAGE>-</MESSAGE></RESULT>") == []


XML = """<?xml version="1.0" encoding="UTF-8"?>
<GetJobInfo><list_total_count>1</list_total_count><RESULT><CODE>INFO-000</CODE><MESSAGE>정상</MESSAGE></RESULT>
<row><JO_REQST_NO>H954202601010001</JO_REQST_NO><CMPNY_NM><![CDATA[(주)가온 &amp; 누리]]></CMPNY_NM>
<RCRIT_NMPR_CO>2.0</RCRIT_NMPR_CO><SUBWAY_NM/></row></GetJobInfo>"""


def test_xml() -> None:
    assert read_rows(XML.encode()) == [READ]
    assert read_rows(b"\xef\xbb\xbf" + XML.encode()) == [READ]


def test_xml_in_cp949() -> None:
    assert read_rows(XML.replace("UTF-8", "EUC-KR").encode("cp949")) == [READ]


def test_xml_with_bare_ampersands() -> None:
    rows = read_rows(b"<GetJobInfo><row><CMPNY_NM>A & B &nbsp; C &lt;D&gt;</CMPNY_NM></row></GetJobInfo>")
    assert rows == [{"CMPNY_NM": "A & B &nbsp; C <D>"}]


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<GetJobInfo><row><CMPNY_NM>&b;</CMPNY_NM></row></GetJobInfo>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<GetJobInfo><row><CMPNY_NM>&a;</CMPNY_NM></row></GetJobInfo>"""


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"", "비어 있습니다"),
        (b"hello", "JSON도 XML도 아닌"),
        (b'{"GetJobInfo": {"row": [', "JSON 형식이 올바르지"),
        (b"[" * 100_000, "JSON 형식이 올바르지"),
        (b'{"weather": []}', "GetJobInfo 응답이 아닙니다"),
        (b"[1, 2]", "채용정보 행이 없습니다"),
        (b"<GetJobInfo><row>", "XML 형식이 올바르지"),
        (b"<weather><row/></weather>", "GetJobInfo 응답이 아닙니다"),
        (b"<!DOCTYPE html><html></html>", "웹 화면"),
        (BOMB, "DTD"),
        (OUTSIDE, "DTD"),
        (b"\xff\x00\xfe", "글자를 읽을 수 없습니다"),
        ("가".encode("cp949"), "글자를 읽을 수 없습니다"),
        (b'{"RESULT": {"CODE": "INFO-100", "MESSAGE": "x"}}', "인증키가 올바르지 않습니다"),
        (b"<RESULT><CODE>ERROR-500</CODE><MESSAGE>x</MESSAGE></RESULT>", "서버에 오류"),
        (b'{"RESULT": {"CODE": "ERROR-999", "MESSAGE": "odd  thing"}}', "odd thing"),
    ],
)
def test_unreadable(payload: bytes, sentence: str) -> None:
    with pytest.raises(FeedUnreadable, match=sentence):
        read_rows(payload)


def test_error_code_inside_the_envelope() -> None:
    with pytest.raises(FeedUnreadable, match="ERROR-336"):
        read_rows(page([], code="ERROR-336"))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_anything_is_rows_or_unreadable(payload: bytes) -> None:
    try:
        rows = read_rows(payload)
    except FeedUnreadable:
        return
    assert all(isinstance(value, str) for row in rows for value in row.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["GetJobInfo", "RESULT", "row", "CODE", "CMPNY_NM", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)


@given(JSON)
def test_any_json_is_rows_or_unreadable(value: object) -> None:
    try:
        rows = read_rows(json.dumps(value).encode())
    except FeedUnreadable:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.values())
