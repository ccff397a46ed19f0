"""The WSGI entry: `granian --interface wsgi tideover.app.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tideover.app.settings")

application = get_wsgi_application()

# Import the pages now: the first person to open one does not wait for it.
resolve("/")
