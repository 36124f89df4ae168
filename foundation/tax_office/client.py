"""The HTTP client of the tax office's API (국세청_사업자등록정보 진위확인 및 상태조회 서비스)."""

import datetime as dt
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from foundation.tax_office.answers import BusinessAnswer, BusinessClaim, BusinessStanding

ADDRESS = "https://api.odcloud.kr/api/nts-businessman/v1"
MOST_AT_ONCE = 100
TIMEOUT_SECONDS = 4.0
LARGEST_ANSWER = 1024 * 1024


class TaxOfficeSilent(RuntimeError):
    """No usable answer came; `code` is the API's own word for it, the message a sentence for staff."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


SENTENCES = {
    "NO_KEY": "국세청 확인 열쇠가 없어 번호의 형식만 보았습니다.",
    "TIMEOUT": "국세청이 4초 안에 답하지 않았습니다.",
    "UNREACHABLE": "국세청에 닿지 못했습니다.",
    "UNREADABLE": "국세청의 답을 읽을 수 없습니다.",
    "BAD_KEY": "국세청이 확인 열쇠를 받지 않았습니다.",
    "OVER_LIMIT": "오늘 국세청에 물을 수 있는 횟수를 다 썼습니다.",
    "HTTP_ERROR": "국세청 서비스가 잠시 멈췄습니다.",
    "INTERNAL_ERROR": "국세청 서비스에 장애가 있습니다.",
    "TOO_LARGE_REQUEST": "한 번에 너무 많이 물었습니다.",
    "REQUEST_DATA_MALFORMED": "국세청이 물음의 형식을 받지 않았습니다.",
    "BAD_JSON_REQUEST": "국세청이 물음을 읽지 못했습니다.",
}
"""Every documented error of the API and what can go wrong before it, in words."""


def silence(code: str) -> TaxOfficeSilent:
    """The failure of a code; an unknown one counts as an answer nobody can read."""
    known = code if code in SENTENCES else "UNREADABLE"
    return TaxOfficeSilent(known, SENTENCES[known])


class TaxOffice(Protocol):
    """Whoever can say what a business number is worth."""

    def ask(self, claims: Sequence[BusinessClaim]) -> dict[str, BusinessAnswer]:
        """The answers by number; raises `TaxOfficeSilent`. Never called inside a transaction."""
        ...


@dataclass(frozen=True)
class HttpTaxOffice:
    """Asks over HTTP, at most a hundred numbers at once and four seconds for each question."""

    key: str
    url: str = ADDRESS
    timeout: float = TIMEOUT_SECONDS

    def ask(self, claims: Sequence[BusinessClaim]) -> dict[str, BusinessAnswer]:
        if not self.key:
            raise silence("NO_KEY")
        answers: dict[str, BusinessAnswer] = {}
        for batch in _batches([claim for claim in claims if claim.complete]):
            businesses = [_business(claim) for claim in batch]
            answers |= _read(self._post("validate", {"businesses": businesses}), _validated)
        for batch in _batches([claim for claim in claims if not claim.complete]):
            numbers = [claim.number for claim in batch]
            answers |= _read(self._post("status", {"b_no": numbers}), _status)
        return answers

    def _post(self, what: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        query = urllib.parse.urlencode({"serviceKey": self.key})
        request = urllib.request.Request(
            f"{self.url}/{what}?{query}",
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
            method="POST",
        )
        until = time.monotonic() + self.timeout
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                content = _whole(answer, until)
        except urllib.error.HTTPError as failure:
            raise silence(_refusal(failure)) from None
        except TimeoutError:
            raise silence("TIMEOUT") from None
        except urllib.error.URLError as failure:
            raise silence("TIMEOUT" if isinstance(failure.reason, TimeoutError) else "UNREACHABLE") from None
        except (OSError, http.client.HTTPException):
            raise silence("UNREACHABLE") from None
        return _data(content)


def _batches(claims: list[BusinessClaim]) -> Iterator[list[BusinessClaim]]:
    for start in range(0, len(claims), MOST_AT_ONCE):
        yield claims[start : start + MOST_AT_ONCE]


def _whole(answer: Any, until: float) -> bytes:
    """The whole answer, unless it drips in longer than the time allowed or grows beyond all sense."""
    content = bytearray()
    while chunk := answer.read1(65536):
        content += chunk
        if time.monotonic() > until:
            raise TimeoutError
        if len(content) > LARGEST_ANSWER:
            raise silence("UNREADABLE")
    return bytes(content)


def _refusal(failure: urllib.error.HTTPError) -> str:
    try:
        said = json.loads(failure.read(LARGEST_ANSWER))
    except (ValueError, OSError, http.client.HTTPException):
        said = {}
    code = said.get("status_code", "") if isinstance(said, dict) else ""
    if code in SENTENCES:
        return str(code)
    by_status = {401: "BAD_KEY", 403: "BAD_KEY", 413: "TOO_LARGE_REQUEST", 429: "OVER_LIMIT"}
    return by_status.get(failure.code, "HTTP_ERROR" if failure.code >= 500 else "REQUEST_DATA_MALFORMED")


def _data(content: bytes) -> list[dict[str, Any]]:
    try:
        said = json.loads(content)
    except ValueError:
        raise silence("UNREADABLE") from None
    if not isinstance(said, dict) or said.get("status_code") != "OK":
        raise silence(str(said.get("status_code", "")) if isinstance(said, dict) else "UNREADABLE")
    data = said.get("data", [])
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise silence("UNREADABLE")
    return data


def _read(data: list[dict[str, Any]], one: Any) -> dict[str, BusinessAnswer]:
    try:
        answers = [one(item) for item in data]
    except (KeyError, TypeError, ValueError):
        raise silence("UNREADABLE") from None
    return {answer.number: answer for answer in answers}


def _status(item: dict[str, Any], *, matches: bool | None = None) -> BusinessAnswer:
    code = str(item.get("b_stt_cd") or "")
    return BusinessAnswer(
        number=str(item["b_no"]),
        standing=BusinessStanding(code) if code else BusinessStanding.UNREGISTERED,
        tax_type=str(item.get("tax_type_cd") or "")[:2],
        closed_on=_day(str(item.get("end_dt") or "")),
        matches=matches,
    )


def _validated(item: dict[str, Any]) -> BusinessAnswer:
    """`valid` 01: number, opening day and representative agree; 02: they do not, and there is no status."""
    matches = {"01": True, "02": False}[str(item["valid"])]
    status = item.get("status") or {"b_stt_cd": ""}
    return _status({**status, "b_no": item["b_no"]}, matches=matches)


def _day(digits: str) -> dt.date | None:
    return dt.datetime.strptime(digits, "%Y%m%d").date() if digits else None


def _business(claim: BusinessClaim) -> dict[str, str]:
    opened_on = claim.opened_on
    assert opened_on is not None
    return {
        "b_no": claim.number,
        "start_dt": f"{opened_on:%Y%m%d}",
        "p_nm": claim.representative,
        "b_nm": claim.name,
    }
