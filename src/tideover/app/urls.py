"""The root of the URLs: the borrower's portal at `/`, the agent's workbench at `/desk/`."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("desk/", include("tideover.app.workbench.urls")),
    path("", include("tideover.app.portal.urls")),
]
