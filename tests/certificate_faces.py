"""An invented firm's certificate face for tests."""

import datetime as dt
from typing import Any

from incentives.certificates.sheet import CertificateFace


def a_face(**changes: Any) -> CertificateFace:
    """A face with everything on it; the firm and its number are invented."""
    given: dict[str, Any] = {
        "number": "제 2026-012호",
        "check_number": "1234567890123456",
        "employer_name": "다온밥상",
        "representative": "윤미정",
        "business_number": "0123456789",
        "address": "서울특별시 마포구 이음로 12, 1층",
        "grade": "최우수",
        "valid_from": dt.date(2026, 1, 1),
        "valid_to": dt.date(2027, 12, 31),
        "basis": "「우수 구인기업 인증 지침」 제5조",
        "issued_on": dt.date(2026, 1, 1),
        "edition": "2025년",
        "issuer": "서울일자리플러스센터장",
        "check_url": "https://ieum.example/c/1234567890123456?k=Hq3xYw9TQ2mZr8vB5nLk7A",
        "check_site": "ieum.example/c",
    }
    return CertificateFace(**given | changes)
