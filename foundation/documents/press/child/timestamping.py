"""Asks a time-stamping authority to confirm when a signature was made (RFC 3161 over HTTP)."""

import asyncio
import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

ANSWER_SECONDS = 8
LARGEST_ANSWER = 64 * 1024


class TimeAuthority(TimeStamper):
    """One authority at an http(s) address; raises TimestampRequestError when it gives no proper answer."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("https://", "http://")):
            raise ValueError("a time-stamping authority has an http(s) address")
        self._url = url
        super().__init__()  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, question: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(
            self._url, data=question, headers={"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
                if answer.headers.get_content_type() != "application/timestamp-reply":
                    raise TimestampRequestError(
                        "the authority answered with something else than a time stamp"
                    )
                return tsp.TimeStampResp.load(answer.read(LARGEST_ANSWER))
        except (urllib.error.URLError, ValueError) as failure:
            raise TimestampRequestError(f"the authority gave no time stamp: {failure}") from failure
