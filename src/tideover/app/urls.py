"""The root of the URLs.

The portal is at `/`, the workbench at `/desk/`, the API at `/api/v1/`; platforms call `/hooks/`.
"""

from django.urls import include, path
from django.views.i18n import set_language

from tideover.app import previews

handler500 = "tideover.app.portal.views.failing.server_error"

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("api/v1/", include("tideover.app.api.urls")),
    path("hooks/", include("tideover.app.hooks.urls")),
    path("desk/cases/<str:number>/preview/", previews.offers, name="offers-preview"),
    path("desk/", include("tideover.app.workbench.urls")),
    path("", include("tideover.app.portal.urls")),
]
