"""Content of every foreign kind under every accepted ending: none may pass for what it says."""

from itertools import product

from corpus import MARKER, SCRIPT, fixed

from tideover.evidence import KindNotAccepted, NotWhatItSays, UnreadableFile

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".pdf.jpg", ".JPG")
CONTENTS = {
    "page": b"<!DOCTYPE html><html>" + SCRIPT,
    "frame": b"\n\n<iframe srcdoc='x'>" + SCRIPT,
    "drawing": b"<?xml version='1.0'?><svg xmlns='x' onload='x'>" + SCRIPT + b"</svg>",
    "entities": b"<?xml?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "shell": b"#!/bin/sh\ncurl http://127.0.0.1/" + MARKER,
    "server": b"<?php system($_GET['c']); ?>",
    "macro": b"{\\rtf1\\ansi{\\object\\objocx" + MARKER + b"}}",
    "windows": b"MZ\x90\x00" + bytes(300) + MARKER,
    "linux": b"\x7fELF\x02\x01\x01" + bytes(300) + MARKER,
    "mac": b"\xcf\xfa\xed\xfe" + bytes(300) + MARKER,
    "java": b"\xca\xfe\xba\xbe\x00\x00\x00\x37" + bytes(300) + MARKER,
    "web": b"\x00asm\x01\x00\x00\x00" + MARKER,
    "zip": b"PK\x03\x04" + bytes(26) + MARKER + b"PK\x05\x06" + bytes(18),
    "gzip": b"\x1f\x8b\x08" + bytes(40),
    "bzip": b"BZh91AY&SY" + bytes(40),
    "xz": b"\xfd7zXZ\x00" + bytes(40),
    "seven": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(40),
    "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "gif": b"GIF89a\x01\x00\x01\x00" + MARKER,
    "tiff": b"II*\x00\x08\x00\x00\x00" + bytes(200),
    "bmp": b"BM" + bytes(200),
    "icon": b"\x00\x00\x01\x00\x01\x00" + bytes(200),
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(60),
    "film": b"\x00\x00\x00\x20ftypmp42" + bytes(60),
    "song": b"ID3\x04\x00\x00" + bytes(200),
    "database": b"SQLite format 3\x00" + bytes(200),
    "print": b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run",
}
CROSSINGS = tuple(
    fixed(f"{name}{ending}", content, (NotWhatItSays, KindNotAccepted, UnreadableFile))
    for (name, content), ending in product(CONTENTS.items(), ENDINGS)
)
