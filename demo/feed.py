"""An invented page of the public job feed, with the spellings of the real one."""

import datetime as dt
import json

from demo.firms import firm
from foundation.reference.districts import DISTRICTS

ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("한식 조리사", "점심 한식 조리사 모집", "월급 / 250만원 ", "(근무시간) (오전) 9시 00분 ~ (오후) 6시 00분", "40", "상용직"),
    ("일반 음식점 서빙원", "주말 홀서빙", "시급 / 11000원 ", "11:00~16:00 / 주2일", "", "상용직(시간제)"),
    ("재가 간병인", "방문요양 오전", "시급 / 13200원 ", "(근무시간) (오전) 9시 00분 ~ (정오) 12시 00분", "15", "상용직(시간제)"),
    ("제품 검사원", "검사·포장 사원", "최소연봉 / 3000만원 - 면접 후 협의가능 ", "0800-1700(휴게시간1시간)", "40", "상용직"),
    ("건물 청소원", "상가 건물 청소", "월급 / 190만원 ", "07:00~14:00 (휴게 1시간) / 주5일.", "30", "계약직"),
    ("경·소형 화물차 운전원", "1톤 배송", "월급 / 280만원 ", "(근무시간) (오전) 7시 00분 ~ (오후) 4시 00분", "45", "상용직"),
)  # fmt: skip


def generated_page(*, today: dt.date) -> bytes:
    """Twelve invented postings; the first two belong to the demo's own firm, which can claim them."""
    closes_on = today + dt.timedelta(days=40)
    rows = []
    for number in range(12):
        occupation, title, wage, work_time, hours, contract = ROWS[number % len(ROWS)]
        poster = firm(0 if number < 2 else 40 + number, seed=20090908).facts
        rows.append(
            {
                "JO_REQST_NO": f"H999{today:%Y%m%d}{number:04d}",
                "CMPNY_NM": poster.name,
                "JO_SJ": title,
                "JOBCODE_NM": occupation,
                "CAREER_CND_NM": "무관",
                "ACDMCR_NM": "관계없음",
                "EMPLYM_STLE_CMMN_MM": contract,
                "HOPE_WAGE": wage,
                "WORK_PARAR_BASS_ADRES_CN": f"서울 {DISTRICTS[poster.district or '11110'].ko}{number + 1}층",
                "WORK_TIME_NM": work_time,
                "HOLIDAY_NM": "주5일근무",
                "WEEK_WORK_HR": hours,
                "RCEPT_CLOS_NM": f"마감일 ({closes_on})",
                "RCEPT_MTH_NM": "방문 고용24 입사지원  ",
                "PRESENTN_PAPERS_NM": "이력서   ",
                "DTY_CN": f"{title} 일을 합니다.\n- 초보도 배울 수 있습니다.",
                "RET_GRANTS_NM": "퇴직금",
                "JO_FEINSR_SBSCRB_NM": "고용보험 산재보험 건강보험 국민연금",
                "JO_REG_DT": today.isoformat(),
            }
        )
    page = {"GetJobInfo": {"list_total_count": len(rows), "RESULT": {"CODE": "INFO-000"}, "row": rows}}
    return json.dumps(page, ensure_ascii=False).encode()
