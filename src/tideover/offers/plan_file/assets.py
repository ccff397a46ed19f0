"""What a household has: one amount, amounts by name, or a list of named amounts."""

from collections.abc import Iterator
from typing import Final

from tideover.money import Currency, Money, total
from tideover.offers.plan_file.nodes import ListNode, MapNode, TextNode
from tideover.offers.plan_file.reader import Fields

__all__ = ["read_assets"]

AMOUNTS: Final = ("amount", "value", "balance")
#: Names of what is money already.
AT_HAND: Final = frozenset(
    {"savings", "cash", "deposit", "deposits", "bank", "存款", "现金", "余额"}
)
KNOWN: Final = ("name", "kind", *AMOUNTS, "liquid")


def read_assets(top: Fields, unit: Currency) -> Money | None:
    """Return what could be paid from at once, None where the file says nothing of it.

    One amount counts whole. Of several those count whose name or kind says that they are money at
    hand, or that are `liquid`: a home or a car is worth something and cannot pay a debt at once.
    """
    node = top.child("assets")
    if node is None:
        return None
    if isinstance(node, TextNode):
        return top.money("assets", unit)
    amounts = _named(top, node, unit) if isinstance(node, MapNode) else _listed(top, node, unit)
    return total(tuple(amounts), unit)


def _named(top: Fields, node: MapNode, unit: Currency) -> Iterator[Money]:
    assets = Fields(top.reader, "assets", node)
    for name in node.key_lines:
        amount = assets.money(name, unit)
        if amount is not None and name.lower() in AT_HAND:
            yield amount


def _listed(top: Fields, _node: ListNode, unit: Currency) -> Iterator[Money]:
    for where, node in top.entries("assets"):
        one = top.reader.fields(node, where, known=KNOWN)
        given = [key for key in AMOUNTS if key in one]
        if len(given) != 1:
            one.note("amount", zh="缺少金额（amount）", en="is missing: give one amount")
            continue
        amount, liquid = one.money(given[0], unit), one.flag("liquid")
        named = {(one.text(key) or "").lower() for key in ("name", "kind") if key in one}
        if amount is not None and (bool(named & AT_HAND) if liquid is None else liquid):
            yield amount
