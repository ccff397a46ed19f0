"""Reading a message as a person does: one form of each letter, sentences, clauses, and “never”.

A warning speaks of the same things as a scam and means the opposite. What turns a phrase round is
looked for in its sentence: a “never” before it, or “…is a scam” after it (honest.yaml).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from tideover.safety.scam.phrases import any_of, read_phrases

#: No message needs more; what is longer is read up to here.
LENGTH_MAX = 20_000
#: Text without an end is read in pieces; a phrase across their border stands in the overlap.
_SENTENCE_LENGTH_MAX = 600
_OVERLAP = 100
#: Marks a reader does not see, put between letters so that a filter does not match.
_UNSEEN = frozenset({"Cf", "Cc", "Mn"})
#: Letters of other scripts, and figures between letters, that pass for Latin ones.
_LOOKALIKES = str.maketrans("аеорсухіѕԁ➕＠", "aeopcyxisd+@")
#: The traditional forms of what such messages are made of, and the simplified ones.
_SIMPLIFIED = str.maketrans(
    "們貸務遷請瀏覽開裝時風險點擊許萬國際門話號碼驗證轉帳戶匯費額銀還錢錄聯絡繫給發訊專業處記債負優質內線關係無條審過縮減損賠"
    "償補貼報網頁鏈結應從當場決總會員師經紀協議約簽單據資產權讓舉標準繳納稅罰廳辦達區別價買賣獲領獎勵續繼終級階層個體實認識親"
    "愛媽電腦視頻傳輸導學習試題書寫讀說謝對錯誤難歡樂壓緊張溫長遠運動飛機車輛贏賺虧賬純淨醫藥療養護衛傷殘離職廠館園縣鎮鄉農歲"
    "歷屆屬於與為這裡邊變幾樣夠沒來後將進適選擇須顧願麼嗎週術徵確檢閱監評鎖繞啟鍵盤備註銷毀滅惡惱憂慮緩衝擋禦殺蟲隻雙雜誌謊騙"
    "詐團隊夥劃換裏壹臉擔憑億並龍義幫載遲閉問間",
    "们贷务迁请浏览开装时风险点击许万国际门话号码验证转账户汇费额银还钱录联络系给发讯专业处记债负优质内线关系无条审过缩减损赔"
    "偿补贴报网页链结应从当场决总会员师经纪协议约签单据资产权让举标准缴纳税罚厅办达区别价买卖获领奖励续继终级阶层个体实认识亲"
    "爱妈电脑视频传输导学习试题书写读说谢对错误难欢乐压紧张温长远运动飞机车辆赢赚亏账纯净医药疗养护卫伤残离职厂馆园县镇乡农岁"
    "历届属于与为这里边变几样够没来后将进适选择须顾愿么吗周术征确检阅监评锁绕启键盘备注销毁灭恶恼忧虑缓冲挡御杀虫只双杂志谎骗"
    "诈团队伙划换里一脸担凭亿并龙义帮载迟闭问间",
)
_FIGURES_IN_WORDS = (("0", "o"), ("3", "e"), ("1", "i"))
#: An “@” for an “a”, but not that of an address.
_PUT_IN = re.compile(r"(?<=[a-z])@(?=[a-z]{1,3}\b)(?![a-z]+\.[a-z])")
_SPELT_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z][ .*_-]){2,40}[a-z](?![a-z0-9])")
_SENTENCE_END = re.compile(r"[。！？!?\n;；]+|(?<=[a-z0-9\u4e00-\u9fff)\"'”’])\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[，,:：]|\s[-–—]\s|——")


def plain(text: str) -> str:
    """Return `text` as a reader sees it: one form of each letter, lower case, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text[:LENGTH_MAX])
    seen = "".join(c for c in folded if c == "\n" or unicodedata.category(c) not in _UNSEEN).lower()
    seen = seen.translate(_LOOKALIKES).translate(_SIMPLIFIED).replace("’", "'").replace("帐", "账")
    seen = _PUT_IN.sub("a", seen)
    for figure, letter in _FIGURES_IN_WORDS:
        seen = re.sub(f"(?<=[a-z]){figure}(?=[a-z])", letter, seen)
    seen = _SPELT_OUT.sub(lambda spelt: re.sub(r"[ .*_-]", "", spelt[0]), seen)
    # Marks between Chinese characters carry no meaning there and are put to break a match.
    return re.sub(r"(?<=[\u4e00-\u9fff])[ \t.·*_|/+-]+(?=[\u4e00-\u9fff])", "", seen)


def sentences(plain_text: str) -> Iterator[str]:
    """Yield the sentences of a plain text, without their ends, none longer than can be read."""
    for part in _SENTENCE_END.split(plain_text):
        sentence = part.strip()
        for start in range(0, len(sentence), _SENTENCE_LENGTH_MAX - _OVERLAP):
            yield sentence[start : start + _SENTENCE_LENGTH_MAX]


def is_turned(sentence: str, match: re.Match[str]) -> bool:
    """Return whether the sentence says the opposite of what `match` found in it."""
    if _honest("warned_after").search(sentence, match.end()):
        return True
    forbidden, carried = False, False
    for start, clause in _clauses(sentence[: match.end()]):
        forbidden = _is_forbidden(clause, until=match.start() - start, carried=carried)
        carried = forbidden and _honest("waiver").search(clause) is None
    return forbidden


def is_told(sentence: str) -> bool:
    """Return whether a borrower tells in the sentence what somebody asked of him or told him."""
    return _honest("told").search(sentence) is not None


def is_story(seen: str) -> bool:
    """Return whether a whole message asks whether something is real or tells how it was refused.

    One that recommends somebody is none: that is how a scam is told as one's own luck.
    """
    if _honest("recommends").search(seen) is not None:
        return False
    return _honest("told_throughout").search(seen) is not None


def is_asked_or_heard(sentence: str) -> bool:
    """Return whether the sentence asks about what it names, or tells what others said."""
    return _honest("asked_or_heard").search(sentence) is not None


def _is_forbidden(clause: str, *, until: int, carried: bool) -> bool:
    """Return whether a “never” reaches the end of `clause`, or was carried into it."""
    soothed = _honest("soothing").sub(lambda words: "〇" * len(words[0]), clause)
    turn = _last(_honest("turn"), soothed[: max(0, until + 1)])
    negation = _last(_honest("negation"), soothed)
    if negation is not None:
        return turn is None or turn < negation
    if _honest("warning_head").search(clause):
        return True
    return carried and turn is None and not _honest("fresh").search(clause)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _CLAUSE_END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    positions = [match.start() for match in pattern.finditer(text)]
    return positions[-1] if positions else None


@cache
def _honest(name: str) -> re.Pattern[str]:
    return any_of(read_phrases("honest.yaml")[name])
