"""Every area of the portal, by audience."""

from employer_portal.demo.pages import area as demo
from employer_portal.employers import standing  # noqa: F401 - its routes belong to the firm's area
from employer_portal.employers.pages import area as employers
from employer_portal.entrance.pages import area as entrance
from employer_portal.oversight.pages import area as oversight
from employer_portal.partners.pages import area as partners
from employer_portal.public.pages import area as public
from employer_portal.recognition.pages import area as recognition
from employer_portal.seekers.pages import area as seekers
from employer_portal.staff.pages import area as staff
from employer_portal.web.assets import area as assets

AREAS = (assets, entrance, public, seekers, employers, staff, recognition, partners, oversight)
DEMO_AREAS = (demo,)
