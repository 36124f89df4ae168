"""Every page of the portal and, by audience, the areas they make up."""

from employer_portal.demo import pages as demo
from employer_portal.employers import corrections, drafts, home, mandates, shortlists, standing
from employer_portal.employers import orders as firm_orders
from employer_portal.entrance import pages as entrance
from employer_portal.oversight import pages as oversight
from employer_portal.partners import pages as partners
from employer_portal.public import pages as public
from employer_portal.recognition import pages as recognition
from employer_portal.seekers import pages as links
from employer_portal.staff import criteria, firms, interviews, messages, referrals, worklist
from employer_portal.staff import orders as staff_orders
from employer_portal.staff import seekers as pool
from employer_portal.web import assets
from employer_portal.web.areas import Area

FIRM = (home, drafts, firm_orders, mandates, corrections, shortlists, standing)
OFFICER = (worklist, staff_orders, criteria, referrals, interviews, pool, firms, messages)
PAGES = (assets, entrance, public, links, *FIRM, *OFFICER, recognition, partners, oversight)

AREAS: tuple[Area, ...] = tuple(dict.fromkeys(page.area for page in PAGES))
DEMO_AREAS = (demo.area,)
