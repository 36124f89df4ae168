"""Every page of the portal and, by audience, the areas they make up."""

from employer_portal.employers import (
    amendments,
    applicants,
    corrections,
    drafts,
    firm,
    home,
    mandates,
    notices,
    shortlists,
    spreadsheets,
    standing,
    team,
)
from employer_portal.employers import interviews as firm_interviews
from employer_portal.employers import official_forms as firm_forms
from employer_portal.employers import orders as firm_orders
from employer_portal.partners import pages as partners
from employer_portal.public import joining, postings
from employer_portal.public import pages as public
from employer_portal.public import signing_in as entrance
from employer_portal.seekers import (
    applications,
    consents,
    invitations,
    links,
    opportunities,
    outcomes,
    retention,
    sign_ups,
    stays,
    unsubscribing,
)
from employer_portal.seekers import interviews as link_interviews
from employer_portal.seekers import shortlists as link_shortlists
from employer_portal.staff import (
    allocations,
    criteria,
    firms,
    interviews,
    messages,
    oversight,
    referrals,
    searches,
    worklist,
)
from employer_portal.staff import editions as recognition
from employer_portal.staff import official_forms as staff_forms
from employer_portal.staff import orders as staff_orders
from employer_portal.staff import reports as staff_reports
from employer_portal.staff import retention as staff_retention
from employer_portal.staff import seekers as pool
from employer_portal.staff import sign_ups as staff_sign_ups
from employer_portal.web import assets
from employer_portal.web.areas import Area

FIRM = (
    home,
    drafts,
    firm,
    firm_orders,
    firm_interviews,
    mandates,
    corrections,
    amendments,
    applicants,
    shortlists,
    standing,
    team,
    notices,
    spreadsheets,
    firm_forms,
)
OFFICER = (
    worklist,
    staff_orders,
    staff_forms,
    criteria,
    referrals,
    allocations,
    searches,
    interviews,
    pool,
    firms,
    staff_sign_ups,
    staff_retention,
    staff_reports,
    messages,
)
LINKED = (
    links,
    applications,
    consents,
    link_interviews,
    retention,
    invitations,
    sign_ups,
    link_shortlists,
    stays,
    unsubscribing,
)
SHOWN_BY_LINK = (outcomes, opportunities)
"""Pages without a button: a link opens them and that is all."""
PAGES = (
    assets,
    entrance,
    public,
    joining,
    postings,
    *LINKED,
    *FIRM,
    *OFFICER,
    recognition,
    partners,
    oversight,
)

AREAS: tuple[Area, ...] = tuple(dict.fromkeys(page.area for page in PAGES))
