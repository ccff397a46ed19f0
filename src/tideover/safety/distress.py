"""Words that say that somebody may harm themselves.

A list, not a judgement: whoever writes one of these is shown where help is, and a trained person
looks. A word too many costs nothing; one too few may cost everything. So the list is wide, and
blanks, marks and look-alike letters between the words do not hide them.
"""

import re
import unicodedata
from typing import Final

__all__ = ["distress_words"]

_ZH: Final = (
    "不想活", "活不下去", "活着没意思", "活着没意义", "活够了", "不如死", "想死", "去死",
    "死了算", "寻死", "自杀", "自残", "自尽", "轻生", "结束生命", "结束自己", "了结自己",
    "了结生命", "结束这一切", "一了百了", "跳楼", "跳河", "跳桥", "割腕", "上吊", "吞药", "烧炭",
    "伤害自己", "遗书", "没有我会更好", "撑不下去了",
)  # fmt: skip
_EN: Final = (
    r"kill(?:ing)? (?:myself|me)", r"suicid\w*", r"end(?:ing)? (?:my life|it all|everything)",
    r"(?:do not|don'?t|no longer) want to (?:live|be alive|be here)",
    r"better off (?:dead|without me)",
    r"(?:want|wish|going|like) to die", r"self[- ]?harm\w*", r"(?:hurt|harm|cut)(?:ing)? myself",
    r"tak(?:e|ing) my (?:own )?life", r"no (?:reason|point) (?:to|in) (?:live|living)",
    r"cannot go on|can'?t go on",
)  # fmt: skip

_BETWEEN: Final = r"[\W_]*"
_ZH_SEARCH: Final = re.compile("|".join(_BETWEEN.join(words) for words in _ZH))
_EN_SEARCH: Final = re.compile(rf"\b(?:{'|'.join(_EN)})\b", re.IGNORECASE)
_ZERO_WIDTH: Final = re.compile("[\u200b-\u200f\u2060\ufeff]")


def distress_words(text: str) -> str:
    """Return the words in `text` that say so, "" where there are none.

    >>> distress_words("这样下去我真的活 不 下 去了")
    '活 不 下 去'
    >>> distress_words("房租涨了，压力很大")
    ''
    """
    plain = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text)).replace("\u2019", "'")
    found = _ZH_SEARCH.search(plain) or _EN_SEARCH.search(plain)
    return found[0] if found else ""
