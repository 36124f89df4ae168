"""The WSGI application, for gunicorn and for `flask --app wsgi`."""

from center.settings import read_settings
from employer_portal.app import create_app, create_portal
from employer_portal.cli import ieum

portal = create_portal(read_settings())
app = create_app(portal)
app.cli.add_command(ieum)
