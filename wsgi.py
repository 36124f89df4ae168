"""The WSGI application, for gunicorn and for `flask --app wsgi`."""

import sys

from center.settings import SettingsError, read_settings
from employer_portal.app import create_app, create_portal
from employer_portal.cli import ieum

try:
    portal = create_portal(read_settings())
except SettingsError as refused:
    sys.exit(str(refused))
app = create_app(portal)
app.cli.add_command(ieum)
