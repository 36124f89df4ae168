"""Style, scripts and fonts: the project's own folder and an allow-list of folders that npm brought."""

from flask import Response, send_from_directory

from employer_portal.web.areas import ANYONE, Area
from employer_portal.web.portal import portal
from foundation.settings import ROOT

area = Area("assets", __name__)
OWN = ROOT / "employer_portal" / "static"
KRDS_FOLDERS = ("resources/css/", "resources/fonts/", "resources/img/")


def _cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@area.reads("/static/<path:name>", by=ANYONE)
def own(name: str) -> Response:
    """The project's own style, script and pictures."""
    return _cached(send_from_directory(OWN, name))


@area.reads("/assets/krds/<path:name>", by=ANYONE)
def krds(name: str) -> Response:
    """The government design system, as npm installed it."""
    if ".." in name or not name.startswith(KRDS_FOLDERS):
        return Response(status=404)
    return _cached(send_from_directory(portal().settings.assets / "krds-uiux", name))


@area.reads("/assets/htmx.js", by=ANYONE)
def htmx() -> Response:
    """htmx, as npm installed it."""
    return _cached(send_from_directory(portal().settings.assets / "htmx.org" / "dist", "htmx.min.js"))
