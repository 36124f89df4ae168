"""What goes wrong becomes one page in words; an unhandled exception is a defect and is logged as one."""

import logging

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from employer_portal.web.kept_forms import held_form, held_page
from employer_portal.web.request import discard_session
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.refusals import Refusal

log = logging.getLogger("ieum.errors")

HEADLINES = {
    400: "요청을 읽지 못했습니다",
    401: "로그인이 필요합니다",
    403: "지금은 할 수 없는 일입니다",
    404: "찾으시는 화면이 없습니다",
    405: "이 주소로는 할 수 없는 일입니다",
    409: "지금은 할 수 없습니다",
    410: "기한이 지났습니다",
    413: "파일이 너무 큽니다",
    422: "다시 확인해 주세요",
    429: "잠시 뒤에 다시 해 주세요",
    500: "저희 쪽에서 문제가 생겼습니다",
    503: "지금은 할 수 없습니다",
}

SENTENCES = {
    400: "주소나 보낸 내용이 잘못되었습니다. 앞 화면으로 돌아가 다시 해 주세요.",
    403: "이 화면은 다른 역할의 사람이 쓰는 화면입니다.",
    404: "주소가 바뀌었거나 지워진 화면입니다. 처음 화면에서 다시 찾아 주세요.",
    405: "앞 화면으로 돌아가 단추를 눌러 주세요.",
    413: "올린 파일이 5MB보다 큽니다. 더 작은 파일을 올려 주세요.",
    500: "적으신 내용은 저장되지 않았을 수 있습니다. 잠시 뒤에 다시 해 주세요.",
    503: "잠시 뒤에 다시 해 주세요.",
}


Answer = tuple[str, int, dict[str, str]]


def _page(status: int, sentence: str = "", *, retry_after: int | None = None) -> Answer:
    discard_session()
    headline = HEADLINES.get(status, HEADLINES[400])
    words = sentence or SENTENCES.get(status, SENTENCES[400])
    template = "error_fragment.html" if request.headers.get("HX-Request") else "error.html"
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return render_template(template, headline=headline, sentence=words, status=status), status, headers


def handle_errors(app: Flask) -> None:
    """Teach an app the pages of its refusals and failures."""

    @app.errorhandler(Refusal)
    def refusal(failure: Refusal) -> Answer:
        return _page(failure.status, failure.sentence, retry_after=failure.retry_after)

    @app.errorhandler(CSRFError)
    def forgery(_failure: CSRFError) -> Answer:
        kept = held_form()
        if kept is not None:
            discard_session()
            return held_page(kept, must_sign_in=False), 400, {}
        return _page(400, "화면을 연 지 오래되어 보내지 못했습니다. 화면을 새로 열고 다시 보내 주세요.")

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_failure: RequestEntityTooLarge) -> Answer:
        return _page(413)

    @app.errorhandler(HTTPException)
    def http(failure: HTTPException) -> Answer:
        korean = failure.description if failure.description and not failure.description.isascii() else ""
        return _page(failure.code or 500, korean)

    @app.errorhandler(IntegrityError)
    @app.errorhandler(StaleDataError)
    def somebody_was_faster(failure: Exception) -> Answer:
        log.warning("a constraint refused the change: %s", failure)
        return _page(409, "다른 사람이 먼저 바꾸었습니다. 화면을 새로 열어 확인해 주세요.")

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def impossible_value(failure: Exception) -> Answer:
        log.warning("a value does not fit: %s", type(failure).__name__)
        return _page(422, "적으신 값이 너무 크거나 길어서 받을 수 없습니다. 앞 화면으로 돌아가 고쳐 주세요.")

    @app.errorhandler(OperationalError)
    @app.errorhandler(PressUnavailable)
    @app.errorhandler(PressFailed)
    def unavailable(failure: Exception) -> Answer:
        log.exception("unavailable", exc_info=failure)
        return _page(503, retry_after=failure.retry_after if isinstance(failure, Refusal) else 5)

    @app.errorhandler(Exception)
    def defect(failure: Exception) -> Answer:
        log.exception("unhandled", exc_info=failure)
        return _page(500)
