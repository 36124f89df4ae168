"""An order in the field names and codes of the public job feed (고용24 채용정보 API, domain §1.5)."""

from foundation.reference.wage_basis import WageBasis
from screening.demand.employers.models import CompanySize
from screening.demand.orders.models import JobOrder
from screening.demand.orders.terms import Receipt

SALARY = {WageBasis.HOUR: "H", WageBasis.DAY: "D", WageBasis.MONTH: "M", WageBasis.YEAR: "Y"}
CAREER_NEEDED, CAREER_OPEN = "E", "Z"
RECEIPT_KO = {each.value: each.ko for each in Receipt}


def feed_record(order: JobOrder) -> dict[str, str]:
    """The order's fields by tag; money in whole won, days as `yyyy-MM-dd`, codes as the API writes them."""
    return {
        "company": order.employer.name,
        "busino": order.employer.business_number or "",
        "reperNm": order.employer.representative,
        "indTpNm": order.employer.industry,
        "busiCont": order.employer.business,
        "basicAddr": order.employer.address,
        "busiSize": order.employer.size.ko if order.employer.size is not CompanySize.UNKNOWN else "",
        "capitalAmt": _won(order.employer.capital_won),
        "yrSalesAmt": _won(order.employer.sales_won),
        "homePg": order.employer.homepage,
        "totPsncnt": str(order.employer.employees),
        "title": order.title,
        "jobsCd": order.occupation_code or "",
        "relJobsNm": ",".join(order.related_occupations),
        "jobCont": order.duties,
        "recrutPcnt": str(order.headcount),
        "enterTpCd": CAREER_NEEDED if order.career_months else CAREER_OPEN,
        "minEdubg": order.education.value,
        "major": order.major,
        "forLang": order.languages,
        "certificate": ",".join(order.licences),
        "compAbl": order.computer,
        "empTpCd": order.employment_type.value,
        "region": order.workplace_address,
        "nearLine": order.near_station,
        "pfCond": order.preferred,
        "mltsvcExcHope": order.military.ko,
        "disableCvntl": ",".join(order.facilities),
        "salTpCd": SALARY[order.wage_basis] if order.wage_basis else "",
        "minSal": str(order.wage_won or ""),
        "maxSal": str(order.wage_max_won or order.wage_won or ""),
        "workTimeCont": order.work_time,
        "fourIns": ",".join(order.insurances),
        "retirePay": order.severance.ko,
        "welfareCont": ",".join([*order.welfare, order.welfare_other]).strip(","),
        "selMthd": ",".join(order.selection),
        "rcptMthd": ",".join(RECEIPT_KO[code] for code in order.receipt),
        "submitDoc": order.papers,
        "closeDt": f"{order.closes_on:%Y-%m-%d}" if order.closes_on else "채용시까지",
        "srchKeywordNm": ",".join(order.keywords),
        "etcHopeCont": order.other_wishes,
    }


def _won(amount: int | None) -> str:
    return "" if amount is None else str(amount)
