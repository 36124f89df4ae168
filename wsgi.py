"""The WSGI application, for gunicorn and for `flask --app wsgi`."""

import sys

from employer_portal.app import create_app, create_portal
from employer_portal.cli import ieum
from employer_portal.demo.center import refuse_real_accounts
from foundation.settings import SettingsError, read_settings

try:
    settings = read_settings()
    portal = create_portal(settings)
    if settings.demo:
        refuse_real_accounts(portal.database)
except SettingsError as refused:
    sys.exit(str(refused))
app = create_app(portal)
app.cli.add_command(ieum)
