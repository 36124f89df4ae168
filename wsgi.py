"""The WSGI application, for gunicorn and for `flask --app wsgi`."""

import sys

from demo.cli import demo
from demo.demonstration import DEMONSTRATION
from employer_portal.app import create_app, create_portal
from employer_portal.operations.cli import ieum
from foundation.settings import SettingsError, read_settings

try:
    settings = read_settings()
    portal = create_portal(settings)
    if settings.demo:
        DEMONSTRATION.refuse(portal.database)
except SettingsError as refused:
    sys.exit(str(refused))
app = create_app(portal, DEMONSTRATION)
ieum.add_command(demo)
app.cli.add_command(ieum)
