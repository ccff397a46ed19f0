"""Texts that would run a script, break out of a page, or trick the eye: more than five hundred."""

from itertools import product

_CALL = "window.__struck=1"
_BODIES = (
    f"<script>{_CALL}</script>",
    f"<img src=x onerror={_CALL}>",
    f"<svg onload={_CALL}>",
    f"<svg><animate onbegin={_CALL} attributeName=x dur=1s>",
    f"<body onload={_CALL}>",
    f"<iframe srcdoc='<script>parent.{_CALL}</script>'>",
    f"<a href=javascript:{_CALL}>x</a>",
    f"<details open ontoggle={_CALL}>",
    f"<input autofocus onfocus={_CALL}>",
    f"<video><source onerror={_CALL}>",
    f"<math><mtext><script>{_CALL}</script>",
    f"<object data=javascript:{_CALL}>",
    f"<form><button formaction=javascript:{_CALL}>x",
    f"<style>@import 'javascript:{_CALL}'</style>",
    f"<meta http-equiv=refresh content=0;javascript:{_CALL}>",
    f"<template><script>{_CALL}</script></template>",
    f"<noscript><p title='</noscript><script>{_CALL}</script>'>",
    f"{{{{constructor.constructor('{_CALL}')()}}}}",
    f"${{{_CALL}}}",
    f"javascript:{_CALL}",
    "{% load static %}{{ settings.SECRET_KEY }}",
)
_BEFORE = (
    "", "'", '"', "\">", "'>", "</textarea>", "</title>", "</script>", "-->", "]]>", "</bdi></dd>",
    "</option></select>", "\u202e", "\u200b", "&#34;>", "%22%3E", "\\", "\u0000",
)  # fmt: skip
_AFTER = ("", "<!--")
_TRICKS = (
    "=HYPERLINK(\"http://evil.example\")", "@SUM(1+1)*cmd|' /C calc'!A0", "\u202egnp.exe",
    "\U0001f600" * 20, "Z\u0351\u036b" * 20, "长" * 200, "<" * 100, "&" * 100, "\u2028\u2029",
    "'; DROP TABLE db_case; --", "../../etc/passwd", "%s%n%x", "\ufeff\ufffe",
)  # fmt: skip
WORDS = tuple(
    f"{before}{body}{after}" for body, before, after in product(_BODIES, _BEFORE, _AFTER)
) + _TRICKS  # fmt: skip
