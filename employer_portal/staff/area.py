"""The officer's area: its pages are filed by noun beside this file."""

from employer_portal.web.areas import Area

area = Area("staff", __name__, prefix="/staff")
