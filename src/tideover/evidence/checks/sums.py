"""Do the amounts of a document add up?"""

from collections.abc import Iterator

from tideover.evidence.checks.findings import Finding, Weight, told
from tideover.evidence.checks.tables import column_sums, running_balance
from tideover.evidence.reading import Document, DocumentKind, Field
from tideover.evidence.reading.fields import labels_of
from tideover.evidence.reading.values import yuan

_SETTLES = told(
    "Compare the amounts with the original, or ask the issuer for the figures.",
    "请核对原件上的金额，或向开具单位核实。",
)
_SURE = 850


def disagreeing_sums(document: Document) -> Iterator[Finding]:
    """Yield every sum in the document that does not come out."""
    if document.kind is DocumentKind.WAGE_SLIP:
        yield from _wages(document)
    elif document.kind is DocumentKind.INVOICE:
        yield from _invoice(document)
    elif document.kind is DocumentKind.BANK_STATEMENT:
        yield from _statement(document)
    elif document.kind is DocumentKind.DISASTER_RECEIPT:
        yield from _words(document)


def _wages(document: Document) -> Iterator[Finding]:
    gross, deductions, net = (document.fields.get(name) for name in ("gross", "deductions", "net"))
    if gross is None or deductions is None or net is None:
        return
    if _fen(gross) - _fen(deductions) != _fen(net):
        yield _finding(
            "net-does-not-follow",
            (net, gross, deductions),
            f"{gross.value} less {deductions.value} is "
            f"{yuan(_fen(gross) - _fen(deductions))}, and it says {net.value}.",
            f"{gross.value} 减 {deductions.value} 等于 "
            f"{yuan(_fen(gross) - _fen(deductions))}，而材料写的是 {net.value}。",
        )


def _invoice(document: Document) -> Iterator[Finding]:
    yield from _words(document)
    total = document.fields.get("amount")
    if total is None:
        return
    for found, sure, where in column_sums(document, total):
        yield Finding(
            "items-do-not-add-up",
            _weight(min(sure, total.sure)),
            told(
                f"The items come to {yuan(found)}, and the total says {total.value}.",
                f"各项合计为 {yuan(found)}，而总额写的是 {total.value}。",
            ),
            _SETTLES,
            min(sure, total.sure),
            where,
        )


def _words(document: Document) -> Iterator[Finding]:
    """Yield the amount in Chinese capitals that is not the amount in figures."""
    total = document.fields.get("amount")
    capital = labels_of(document.lines, document.kind).field("words_amount")
    if total is None or capital is None or _is_said(total, in_words=capital):
        return
    yield _finding(
        "words-differ-from-figures",
        (total, capital),
        f"In words it is {capital.value} and in figures {total.value}.",
        f"大写金额是 {capital.value}，小写金额是 {total.value}。",
    )


def _is_said(total: Field, *, in_words: Field) -> bool:
    """Return whether the words say the total, or its whole yuan where a line ends after 元."""
    words, figures = _fen(in_words), _fen(total)
    return words == figures or (words % 100 == 0 and words == figures - figures % 100)


def _statement(document: Document) -> Iterator[Finding]:
    for step in running_balance(document):
        amounts = " / ".join(yuan(fen) for fen in step.amounts) or "0.00"
        yield Finding(
            "balance-does-not-follow",
            _weight(step.sure),
            told(
                f"From {yuan(step.before)}, a movement of {amounts} does not lead to "
                f"{yuan(step.found)}.",
                f"余额 {yuan(step.before)} 变动 {amounts} 后，不会是 {yuan(step.found)}。",
            ),
            _SETTLES,
            step.sure,
            step.where,
        )


def _finding(code: str, fields: tuple[Field, ...], english: str, chinese: str) -> Finding:
    sure = min(field.sure for field in fields)
    return Finding(code, _weight(sure), told(english, chinese), _SETTLES, sure, fields[0].where)


def _weight(sure: int) -> Weight:
    return Weight.CONTRADICTION if sure >= _SURE else Weight.UNREAD


def _fen(field: Field) -> int:
    return int(field.value.replace(".", ""))
