"""Addresses of the API, mounted under /api/v1/."""

from django.urls import path

from tideover.app.api import description, payments, plan

app_name = "api"

urlpatterns = [
    path("plan", plan.answer, name="plan"),
    path("payments", payments.receive, name="payments"),
    path("openapi.json", description.show, name="description"),
]
