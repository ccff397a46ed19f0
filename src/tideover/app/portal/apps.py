"""Tells Django about the portal: its templates, translations and tags."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal keeps no models of its own; everything kept is in `app.db`."""

    name = "tideover.app.portal"
    label = "portal"
