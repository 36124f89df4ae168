"""Anyone's area: its pages are filed by noun beside this file."""

from employer_portal.web.areas import Area

area = Area("public", __name__)
