"""Addresses that platforms call, mounted under /hooks/."""

from django.urls import path

from tideover.app.hooks import mail, wechat

app_name = "hooks"

urlpatterns = [
    path("wechat/", wechat.callback, name="wechat"),
    path("mail/in/", mail.arrived, name="mail-in"),
    path("mail/events/", mail.told, name="mail-events"),
]
