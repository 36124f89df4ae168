"""The officer's area: its pages are filed by noun beside this file."""

from flask import flash

from employer_portal.web.areas import Area
from employer_portal.web.portal import portal

area = Area("staff", __name__, prefix="/staff")


def say_if_mended() -> None:
    """Tell an officer, above the list, that the pool's file had to be built anew for it."""
    if portal().pool.mended():
        flash("인재풀 색인 파일을 쓸 수 없어 새로 만들었습니다. 아래 목록은 지금 자료 그대로입니다.")
