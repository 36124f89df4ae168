"""Pages of the feed as they arrive, JSON or XML, read into rows of strings."""

import json
import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped, unused-ignore]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped, unused-ignore]

SERVICE: Final = "GetJobInfo"
FINE: Final = "INFO-000"
NO_ROWS: Final = "INFO-200"
ROW_FIELDS: Final = frozenset({"JO_REQST_NO", "JO_REGIST_NO", "CMPNY_NM"})
SERVICE_ERRORS: Final = {
    "INFO-100": "인증키가 올바르지 않습니다.",
    "INFO-300": "요청이 허용되지 않았습니다.",
    "INFO-400": "요청이 허용되지 않았습니다.",
    "ERROR-300": "필요한 값이 요청에 빠졌습니다.",
    "ERROR-301": "파일 형식 값이 빠졌거나 올바르지 않습니다.",
    "ERROR-310": "그런 서비스가 없습니다.",
    "ERROR-331": "요청 시작 위치가 올바르지 않습니다.",
    "ERROR-332": "요청 끝 위치가 올바르지 않습니다.",
    "ERROR-333": "요청 위치가 정수가 아닙니다.",
    "ERROR-334": "요청 끝 위치가 시작 위치보다 앞섭니다.",
    "ERROR-335": "한 번에 너무 많은 자료를 요청했습니다.",
    "ERROR-336": "한 번에 너무 많은 자료를 요청했습니다.",
    "ERROR-500": "제공 기관의 서버에 오류가 있습니다.",
    "ERROR-600": "제공 기관의 데이터베이스에 오류가 있습니다.",
    "ERROR-601": "제공 기관의 데이터베이스에 오류가 있습니다.",
}

_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.-]{1,40})["']""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_KOREAN: Final = frozenset({"euc-kr", "euckr", "cp949", "ks_c_5601-1987", "ms949", "uhc"})

Row = dict[str, str]


class FeedUnreadable(ValueError):
    """The payload is no page of the feed; the message is the Korean sentence a person reads."""


def read_rows(payload: bytes) -> list[Row]:
    """The rows of one page: JSON or XML envelope of GetJobInfo, or a bare list of rows.

    Values become strings (null is '', numbers as written); entities stay for the parser. 'No rows' (INFO-200)
    is an empty list. Raises FeedUnreadable for anything else: no text, bad JSON or XML, a DTD (bombs need
    one), a strange root, an error code of the service.
    """
    text = _decoded(payload)
    if text.startswith(("{", "[")):
        return _from_json(text)
    if text.startswith("<"):
        return _from_xml(text)
    if not text:
        raise FeedUnreadable("받은 내용이 비어 있습니다.")
    raise FeedUnreadable("JSON도 XML도 아닌 내용입니다. 채용정보 파일인지 확인해 주세요.")


def _decoded(payload: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with a mark, CP949 when the XML declares it."""
    try:
        if payload.startswith((b"\xff\xfe", b"\xfe\xff")):
            return payload.decode("utf-16").strip()
        declared = _DECLARED.search(payload[:300])
        if declared and declared[1].decode("ascii").lower() in _KOREAN:
            return payload.decode("cp949").strip()
        return payload.decode("utf-8-sig").strip().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise FeedUnreadable("글자를 읽을 수 없습니다. UTF-8로 저장된 파일인지 확인해 주세요.") from None


# JSON


def _from_json(text: str) -> list[Row]:
    try:
        page: object = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: "")
    except (ValueError, RecursionError):
        raise FeedUnreadable("JSON 형식이 올바르지 않습니다. 파일이 잘리지 않았는지 확인해 주세요.") from None
    return _json_rows(page)


def _json_rows(page: object) -> list[Row]:
    match page:
        case list():
            return _json_list(page)
        case dict() if ROW_FIELDS & page.keys():
            return [_json_row(page)]
        case dict():
            result = page.get("RESULT")
            if isinstance(result, dict):
                _check_result(_text(result.get("CODE")), _text(result.get("MESSAGE")))
            body = page.get(SERVICE, page)
            if isinstance(body, dict):
                inner = body.get("RESULT")
                if isinstance(inner, dict):
                    _check_result(_text(inner.get("CODE")), _text(inner.get("MESSAGE")))
                if "row" in body:
                    rows = body["row"]
                    return _json_list(rows if isinstance(rows, list) else [rows] if rows else [])
                if isinstance(inner, dict) or isinstance(result, dict):
                    return []
            elif isinstance(body, list):
                return _json_list(body)
    raise FeedUnreadable(f"{SERVICE} 응답이 아닙니다. 채용정보 파일인지 확인해 주세요.")


def _json_list(items: list[object]) -> list[Row]:
    """Rows, or whole pages one after another; an item that is no object is an empty row, to be refused."""
    if items and not any(isinstance(item, dict) for item in items):
        raise FeedUnreadable("목록 안에 채용정보 행이 없습니다.")
    rows: list[Row] = []
    for item in items:
        if isinstance(item, dict) and (SERVICE in item or "RESULT" in item):
            rows.extend(_json_rows(item))
        else:
            rows.append(_json_row(item) if isinstance(item, dict) else {})
    return rows


def _json_row(item: dict[str, object]) -> Row:
    return {str(key).strip(): _text(value) for key, value in item.items()}


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return json.dumps(value, ensure_ascii=False)


# XML


def _from_xml(text: str) -> list[Row]:
    if _HTML.match(text):
        raise FeedUnreadable("채용정보가 아니라 웹 화면(HTML)을 받았습니다. 잠시 뒤 다시 시도해 주세요.")
    text = _DECLARATION.sub("", text).lstrip()
    root = _parsed(text)
    name = _name(root)
    if name == "RESULT":
        _check_result(_child(root, "CODE"), _child(root, "MESSAGE"))
        return []
    if name not in {SERVICE, "rows", "row"}:
        raise FeedUnreadable(f"{SERVICE} 응답이 아닙니다. 채용정보 파일인지 확인해 주세요.")
    for result in (element for element in root if _name(element) == "RESULT"):
        _check_result(_child(result, "CODE"), _child(result, "MESSAGE"))
    found = [root] if name == "row" else [element for element in root if _name(element) == "row"]
    return [{_name(cell): "".join(cell.itertext()) for cell in row} for row in found]


def _parsed(text: str) -> Element:
    """The root; a bare '&' or an HTML entity, which XML does not know, is forgiven once."""
    for attempt in (text, _BARE_AMPERSAND.sub("&amp;", text)):
        try:
            root: Element = fromstring(attempt.encode("utf-8", "replace"), forbid_dtd=True)
        except DefusedXmlException:
            raise FeedUnreadable("XML에 허용되지 않는 선언(DTD)이 있어 읽지 않았습니다.") from None
        except (ParseError, ValueError, LookupError, RecursionError):
            continue
        return root
    raise FeedUnreadable("XML 형식이 올바르지 않습니다. 파일이 잘리지 않았는지 확인해 주세요.")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].strip()


def _child(element: Element, name: str) -> str:
    return next(("".join(child.itertext()) for child in element if _name(child) == name), "")


# the service's own answer


def _check_result(code: str, message: str) -> None:
    """Pass when the service says fine or no rows; else say what it said."""
    code = code.strip().upper()
    if code in {"", FINE, NO_ROWS}:
        return
    sentence = SERVICE_ERRORS.get(code) or " ".join(message.split())[:200] or "알 수 없는 오류입니다."
    raise FeedUnreadable(f"채용정보 서비스가 오류를 보냈습니다 ({code[:20]}): {sentence}")
