"""The tax office of the tests: speaks its API over HTTP on loopback, with every documented error when told to."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from employer_portal.operations.worker import Worker
from foundation.tax_office.client import HttpTaxOffice
from tests.house import House

KEY = "key/with+signs=="
MOST = 100
REFUSALS = {
    "BAD_JSON_REQUEST": 400,
    "REQUEST_DATA_MALFORMED": 411,
    "TOO_LARGE_REQUEST": 413,
    "INTERNAL_ERROR": 500,
    "HTTP_ERROR": 500,
}


class TaxOfficeServer:
    """Knows the businesses it was told of; `fails_with` makes it answer so until it is taken back."""

    def __init__(self) -> None:
        self.businesses: dict[str, dict[str, str]] = {}
        self.questions: list[tuple[str, int]] = []
        self.fails_with = ""
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                office._answer(self)

            def log_message(self, *_: Any) -> None:
                """Tests read `questions` instead."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/nts-businessman/v1"

    def client(self, *, timeout: float = 4.0) -> HttpTaxOffice:
        return HttpTaxOffice(KEY, self.url, timeout)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def knows(
        self, number: str, *, code: str = "01", opened: str = "", owner: str = "", closed: str = ""
    ) -> None:
        """A registered business: its state code, opening day, representative, closing day."""
        self.businesses[number] = {"code": code, "opened": opened, "owner": owner, "closed": closed}

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = urlsplit(request.path)
        body = request.rfile.read(int(request.headers["Content-Length"]))
        if parse_qs(asked.query).get("serviceKey") != [KEY]:
            return _send(request, 401, {"code": -401, "msg": "유효하지 않은 인증키 입니다."})
        if self.fails_with in REFUSALS:
            return _send(request, REFUSALS[self.fails_with], {"status_code": self.fails_with})
        if self.fails_with == "OVER_LIMIT":
            return _send(request, 429, {"code": -10, "msg": "한도를 넘었습니다."})
        if self.fails_with == "slow":
            time.sleep(1)
        if self.fails_with == "drip":
            return _drip(request)
        if self.fails_with == "garbage":
            return _raw(request, 200, b"<html>maintenance</html>")
        what = asked.path.rsplit("/", 1)[1]
        try:
            said = json.loads(body)
            items = said["b_no" if what == "status" else "businesses"]
        except ValueError:
            return _send(request, 400, {"status_code": "BAD_JSON_REQUEST"})
        except (KeyError, TypeError):
            return _send(request, 411, {"status_code": "REQUEST_DATA_MALFORMED"})
        self.questions.append((what, len(items)))
        if len(items) > MOST:
            return _send(request, 413, {"status_code": "TOO_LARGE_REQUEST"})
        data = [self._status(each) if what == "status" else self._validated(each) for each in items]
        _send(request, 200, {"status_code": "OK", "request_cnt": len(items), "data": data})

    def _status(self, number: str) -> dict[str, str]:
        known = self.businesses.get(number)
        if known is None:
            return {
                "b_no": number,
                "b_stt": "",
                "b_stt_cd": "",
                "tax_type": "국세청에 등록되지 않은 사업자등록번호입니다.",
                "tax_type_cd": "",
                "end_dt": "",
            }
        return {
            "b_no": number,
            "b_stt": "",
            "b_stt_cd": known["code"],
            "tax_type": "부가가치세 일반과세자",
            "tax_type_cd": "01",
            "end_dt": known["closed"],
        }

    def _validated(self, asked: dict[str, str]) -> dict[str, Any]:
        known = self.businesses.get(asked["b_no"])
        agrees = known is not None and (known["opened"], known["owner"]) == (asked["start_dt"], asked["p_nm"])
        if not agrees:
            return {
                "b_no": asked["b_no"],
                "valid": "02",
                "valid_msg": "확인할 수 없습니다.",
                "request_param": asked,
            }
        return {
            "b_no": asked["b_no"],
            "valid": "01",
            "request_param": asked,
            "status": self._status(asked["b_no"]),
        }


def _send(request: BaseHTTPRequestHandler, status: int, said: dict[str, Any]) -> None:
    _raw(request, status, json.dumps(said, ensure_ascii=False).encode())


def _raw(request: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def _drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(40):
        try:
            request.wfile.write(b" ")
            request.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def connect(house: House, tax_office: TaxOfficeServer) -> None:
    """From now on the worker of the house asks this tax office."""
    settings = replace(house.portal.settings, tax_office_url=tax_office.url, tax_office_key=KEY)
    house.portal = replace(house.portal, settings=settings)
    house.worker = Worker(house.portal, mail_port=house.receiver.port)


@pytest.fixture
def tax_office() -> Iterator[TaxOfficeServer]:
    """A tax office that knows nobody yet."""
    server = TaxOfficeServer()
    yield server
    server.close()
