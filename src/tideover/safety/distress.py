"""Words that say that somebody may harm themselves.

A list, not a judgement: whoever writes one of these is shown where help is, and a trained person
looks. A word too many costs nothing; one too few may cost everything. So the list is wide, and
blanks, marks and look-alike letters between the words do not hide them. Measured on sentences of
our own, `tests/safety/distress.yaml`, with everyday ones that only sound alike.
"""

import re
import unicodedata
from typing import Final

__all__ = ["distress_words"]

_ZH: Final = (
    "不想活", "不想再?活", "活不下去", "活不起了", "活着太?累", "活着没意[思义]",
    "活着还有什么意[思义]", "没有?活下去的", "看不到活下去", "活够了", "没有?活路", "生无可恋",
    "生不如死", "不如死", "宁愿死", "想死(?!磕|你)", "去死(?!亡|者|因)", "死了算", "死了干净",
    "我?死了是不是", "我死了[这债能保]", "让我死", "死给[你他她]们?看", "死路一条", "逼死",
    "寻死", "自杀", "自s", "自鲨", "自残", "自尽", "轻生", "自我了断", "结束生命", "结束自己",
    "了结自己", "了结生命", "结束这一切", "太痛苦了想结束", "一了百了", "做傻事",
    "跳楼(?!价|甩|大)", "跳河", "跳江", "跳桥", "投河", "投江", "跳下去", "卧轨", "割腕", "割脉",
    "割了手腕", "上吊", "吞药", "药我?已经攒", "喝农药", "喝百草枯", "农药喝了", "服毒", "开煤气",
    "打开煤气睡", "烧炭(?!取暖|火|炉|烤)", "伤害自己", "遗书", "后事我?[都已]", "交代好?后事",
    "妈妈先走了", "爸爸先走了", "下辈子再还", "来世再还", "没有我会更好", "没[了有]我[他她家]",
    "是[^。]{0,4}累赘", "撑不下去了", "不想再撑", "不想再?醒", "不要醒过来", "离开这个世[界上]",
    "在这个世上待", "我想消失", "从这个世界消失", "想早?点?解脱", "静静地走",
)  # fmt: skip
_EN: Final = (
    r"kill(?:ing)? (?:myself|me)", r"suicid\w*", r"end(?:ing)? (?:my life|it all|things)",
    r"(?:do not|don'?t|no longer) want to (?:live(?! with)|be alive|be here)",
    r"better (?:off )?(?:dead|without me|if i (?:was|were) gone)",
    r"(?:want|wish|going|like) to die", r"(?:rather be|wish i (?:was|were)|want to be) dead",
    r"(?:don'?t|would not|wouldn'?t|never) wake up", r"self[- ]?harm\w*",
    r"(?:hurt|harm|cut|hang)(?:ting|ing)? myself", r"do something to myself",
    r"tak(?:e|ing) my (?:own )?life", r"no (?:reason|point) (?:to|in) (?:live|living)",
    r"nothing (?:left )?to live for", r"not worth living", r"overdos\w+", r"jump(?:ing)? off a",
    r"(?:want|like) to disappear", r"goodbye (?:note|letter)", r"my last message",
    r"(?:cannot|can'?t) go on(?! (?:holiday|leave|vacation|a ))",
)  # fmt: skip

_BETWEEN: Final = r"[\W_]*"
#: Letters, and groups of them, of a pattern above: marks may stand between any two.
_PIECE: Final = re.compile(r"\(\?![^)]*\)|\[[^\]]*\](?:\{[^}]*\})?\??|.\??")
_ZH_SEARCH: Final = re.compile(
    "|".join(_BETWEEN.join(_PIECE.findall(words)) for words in _ZH), re.IGNORECASE
)
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
