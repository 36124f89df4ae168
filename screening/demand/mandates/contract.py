"""The words a firm signs (개인정보 보호법 제26조: purpose, period, no sub-processing, safety, damages)."""

import datetime as dt
from collections.abc import Collection

from screening.demand.mandates.models import Power


def contract_text(
    *,
    center: str,
    firm: str,
    order_number: str,
    order_title: str,
    powers: Collection[Power],
    valid_until: dt.date,
    return_window_days: int,
) -> str:
    """The whole contract as plain text; the signature is over exactly these bytes in UTF-8."""
    last = valid_until - dt.timedelta(days=1)
    given = "\n".join(f"  - {power.ko}" for power in Power if power in powers)
    kept = "\n".join(f"  - {power.ko}" for power in Power if power not in powers)
    return f"""채용대행 위탁계약서

위탁자 {firm}(이하 '기업')은 수탁자 {center}(이하 '센터')에 아래 구인의 채용 업무를 맡깁니다.

제1조(대상) 구인신청 {order_number} '{order_title}'
제2조(센터가 스스로 하는 일)
{given or "  - 없음"}
제3조(기업에 먼저 묻고 하는 일)
{kept or "  - 없음"}
제4조(기간) 서명한 날부터 {last.year}년 {last.month}월 {last.day}일까지.
  기업은 언제든 철회할 수 있습니다.
제5조(비용) 무료입니다. 센터는 기업과 구직자에게서 어떤 금품도 받지 않습니다(직업안정법 제2조의2).
제6조(개인정보) 센터는 제2조의 목적으로만 개인정보를 처리하고, 다른 곳에 다시 맡기지 않으며, 안전성 확보조치를 지킵니다.
  기업은 동의를 받아 제공된 개인정보를 이 채용에만 쓰고 채용이 끝나면 파기합니다.
제7조(채용서류) 구직자는 채용 여부가 확정된 날부터 {return_window_days}일 안에 서류의 반환을 청구할 수 있습니다.
제8조(결과 알림) 채용 여부는 지원한 모든 사람에게 알립니다(채용절차법 제10조).
제9조(책임) 센터나 기업이 이 계약을 어겨 손해가 나면 어긴 쪽이 배상합니다.
"""
