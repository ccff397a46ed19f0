"""How Django knows the desk."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The agents' desk as a Django application: templates, translations and template tags."""

    name = "tideover.app.workbench"
    label = "workbench"
