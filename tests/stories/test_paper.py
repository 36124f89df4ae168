"""What the firm takes home: spreadsheets and official forms that name nobody beyond consent."""

import io
import zipfile
from xml.etree import ElementTree

import sqlalchemy as sa

from foundation.identity.models import Sighting
from tests.house import House
from tests.walk import order_at

SPREADSHEETML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(house: House, address: str, who: str = "firm") -> list[list[list[str]]]:
    """Every sheet of a downloaded spreadsheet as rows of texts."""
    answer = house.visitor(who).client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        texts = [
            "".join(item.itertext())
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SPREADSHEETML}si")
        ]
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_rows(ElementTree.fromstring(book.read(name)), texts) for name in names]


def _rows(sheet: ElementTree.Element, texts: list[str]) -> list[list[str]]:
    rows = []
    for row in sheet.iter(f"{SPREADSHEETML}row"):
        cells = []
        for cell in row.iter(f"{SPREADSHEETML}c"):
            value = cell.findtext(f"{SPREADSHEETML}v") or ""
            cells.append(texts[int(value)] if cell.get("t") == "s" else value)
        rows.append(cells)
    return rows


def test_the_firms_orders_come_to_read_and_in_the_feeds_own_codes(house: House) -> None:
    order = order_at(house, "submitted")
    to_read, to_send = sheets_of(house, "/employer/orders.xlsx")
    assert dict(zip(*to_read, strict=True))["구인번호"] == order.number
    record = dict(zip(*to_send, strict=True))
    assert record["title"] == order.title
    assert record["salTpCd"] == "M"
    assert record["empTpCd"] == order.employment_type.value
    assert record["minSal"] == str(order.wage_won)


def test_people_are_named_in_the_file_only_after_both_yeses_and_the_look_is_kept(house: House) -> None:
    order_at(house, "submitted")
    header, *rows = sheets_of(house, "/employer/people.xlsx")[0]
    assert rows
    assert all(dict(zip(header, row, strict=True))["이름"] == "" for row in rows)
    order_at(house, "met", title="둘째 자리")
    header, *rows = sheets_of(house, "/employer/people.xlsx")[0]
    people = [dict(zip(header, row, strict=True)) for row in rows]
    named = [each for each in people if each["이름"]]
    assert named
    assert {each["구인제목"] for each in named} == {"둘째 자리"}
    with house.database.read() as session:
        looks = session.scalars(
            sa.select(Sighting).where(Sighting.account_id == house.actor("firm").account_id)
        ).all()
        assert sum(each.count for each in looks) == len(named)


def test_another_firm_gets_only_its_own(house: House) -> None:
    order_at(house, "met")
    assert len(sheets_of(house, "/employer/orders.xlsx", "rival")[0]) == 1
    assert len(sheets_of(house, "/employer/people.xlsx", "rival")[0]) == 1


def test_the_official_forms_say_what_is_known_and_leave_the_rest_to_be_written(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.follow("구인신청서").sees(order.number).sees("사업자등록번호").sees("신청인").sees("제10조")
    firm.open(f"/employer/orders/{order.id}").follow("알선자명단").sees("후보 가").misses("박가람")
    firm.open(f"/employer/orders/{order.id}").follow("채용결과통보서").sees("☐ 채용 ☐ 미채용")
    for form in ("form", "list", "result"):
        house.visitor("rival").open(f"/employer/orders/{order.id}/{form}", expect=404)
        house.visitor("officer").open(f"/staff/orders/{order.id}/{form}").sees(order.number)


def test_a_hire_is_ticked_on_the_result_form_and_the_slip_names_who_agreed(house: House) -> None:
    met = order_at(house, "interview")
    officer = house.visitor("officer").open(f"/staff/orders/{met.id}")
    officer.follow("취업알선장").sees("귀하").sees(met.title).misses("본인이 적습니다")
    hired = order_at(house, "hired", title="셋째 자리")
    house.visitor("firm").open(f"/employer/orders/{hired.id}/result").sees("☑ 채용 ☐ 미채용").sees("원")


def test_a_firm_describes_itself_once_and_the_form_carries_it(house: House) -> None:
    order = order_at(house, "open")
    firm = house.visitor("firm").follow("우리 회사 정보").sees("다온밥상")
    firm.press("적어 두기", insurance_number="123", expect=422).sees("숫자 11자리")
    firm.press("적어 두기", insurance_number="", homepage="javascript:alert(1)", expect=422)
    firm.sees("https://로 시작하게").press("적어 두기", homepage="", capital_won="-5", expect=422).sees(
        "0원에서"
    )
    firm.press(
        "적어 두기",
        insurance_number="104-81-12345-0",
        business="한식당을 합니다.",
        size="micro",
        capital_won="5,000",
        sales_won="30,000",
        homepage="https://daon.example",
    ).sees("회사 정보를 고쳤습니다")
    firm.open(f"/employer/orders/{order.id}/form").sees("10481123450").sees("소상공인").sees("50,000,000원")
    record = dict(zip(*sheets_of(house, "/employer/orders.xlsx")[1], strict=True))
    assert (record["capitalAmt"], record["busiSize"], record["busiCont"], record["homePg"]) == (
        "50000000",
        "소상공인",
        "한식당을 합니다.",
        "https://daon.example",
    )
    house.visitor("rival").open("/employer/firm").misses("한식당을 합니다.")


def test_a_form_looks_up_nobody_it_does_not_show(house: House) -> None:
    order = order_at(house, "submitted", headcount=2)
    posting = f"/jobs/{order.number}"
    house.visitor().open(posting).press(
        "지원하기",
        at=posting,
        name="차새롬",
        phone="010-0000-9001",
        text="한식당 주방에서 3년 일했습니다.",
        agrees="y",
    )
    firm = house.visitor("firm")
    for form in ("list", "result"):
        firm.open(f"/employer/orders/{order.id}/{form}").misses("차새롬")
    with house.database.read() as session:
        assert session.scalars(sa.select(Sighting.id)).all() == []
