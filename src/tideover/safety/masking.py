"""Showing only as much of a person as the reader needs."""

import re

_STAR = "*"


def mask_name(name: str) -> str:
    """Return `name` with all but its first character hidden: 张三 → 张*, 欧阳娜娜 → 欧***.

    A mark that says a person is made up (“演示·”) stays, since it hides nobody.

    >>> mask_name("演示·张三")
    '演示·张*'
    """
    shown = name.strip()
    mark, dot, own = shown.rpartition("·")
    if mark != "演示":
        mark, dot, own = "", "", shown
    return f"{mark}{dot}{own[:1]}{_STAR * max(1, len(own) - 1)}" if own else ""


def mask_phone(phone: str) -> str:
    """Return `phone` with its middle hidden: 13812345678 → 138****5678.

    A country code is dropped; a number too short to mask keeps its last two digits.

    >>> mask_phone("+86 138 1234 5678")
    '138****5678'
    """
    digits = re.sub(r"\D", "", phone)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 8:
        return _STAR * max(0, len(digits) - 2) + digits[-2:]
    return digits[:3] + _STAR * (len(digits) - 7) + digits[-4:]


def mask_id(number: str) -> str:
    """Return an identity number with its first three and last four characters only.

    >>> mask_id("110101199003071234")
    '110***********1234'
    """
    shown = number.strip()
    if len(shown) < 8:
        return _STAR * len(shown)
    return shown[:3] + _STAR * (len(shown) - 7) + shown[-4:]


def mask_card(number: str) -> str:
    """Return the last four digits of a card behind four stars.

    >>> mask_card("6222 0212 3456 7890")
    '**** 7890'
    """
    digits = re.sub(r"\D", "", number)
    return f"{_STAR * 4} {digits[-4:]}" if len(digits) >= 8 else _STAR * len(digits)


def mask_mailbox(address: str) -> str:
    """Return an e-mail address with its first character and its domain only.

    >>> mask_mailbox("zhangsan@example.com")
    'z***@example.com'
    """
    name, at, domain = address.strip().rpartition("@")
    return f"{name[:1]}{_STAR * 3}{at}{domain}" if name else _STAR * 3
