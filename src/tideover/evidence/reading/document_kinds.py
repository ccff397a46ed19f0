"""Which kind of document a text is, told by the words that such documents carry."""

import re
from enum import StrEnum

from tideover.evidence.reading.lines import Line, plain


class DocumentKind(StrEnum):
    """A kind of document that shows why somebody cannot pay."""

    DIAGNOSIS_CERTIFICATE = "diagnosis_certificate"
    DISCHARGE_RECORD = "discharge_record"
    INVOICE = "invoice"
    TERMINATION_CERTIFICATE = "termination_certificate"
    BANK_STATEMENT = "bank_statement"
    WAGE_SLIP = "wage_slip"
    UNEMPLOYMENT_REGISTRATION = "unemployment_registration"
    DISASTER_RECEIPT = "disaster_receipt"


#: Words → how much they say. A heading says more than a word in passing.
_WORDS: dict[DocumentKind, dict[str, int]] = {
    DocumentKind.DIAGNOSIS_CERTIFICATE: {
        r"(?<!出院)诊断证明|病情证明|疾病证明|病假证明": 12,
        r"诊断书|疾病诊断": 8,
        r"medical (?:certificate|note|statement)|diagnosis certificate|sick note": 12,
        r"certificate of diagnosis|doctor.?s (?:certificate|note|statement)": 12,
        r"患有|我院[^。]{0,8}(?:诊治|治疗|就诊|检查)|(?:建议|需要?)[^。]{0,2}(?:全休|休息|休养)": 4,
        r"illness|sick (?:person|leave)|sickness": 4,
        r"suffer\w* from|was examined|under (?:our|my) care|unfit for work": 5,
        r"diagnos": 3,
        r"门诊|就诊|临床诊断|诊断意见|处理意见|医嘱|医师": 2,
        r"诊断": 2,
    },
    DocumentKind.DISCHARGE_RECORD: {
        r"出院(?:诊断|疾病|病情)?(?:记录|小结|证明|证|病历|通知|摘要|总结)": 14,
        r"discharge (?:record|summary|certificate|note|report)|hospital discharge": 14,
        r"出院(?:日期|时间|诊断|情况|医嘱)|入院(?:日期|时间|诊断|情况)": 4,
        r"discharge|admission|admitted": 4,
        r"(?:办理|准予)(?:入院|出院)|住院结束|离院|patient release|hospital stay": 5,
        r"出院(?:主要|最后)?诊断|住院(?:诊疗|治疗|病情)?证明": 8,
        r"住院\s?\d{1,3}\s?[天日]|住院(?:时段|期间|日期|起止)": 5,
        r"住院号|住院天数|病案号": 2,
    },
    DocumentKind.INVOICE: {
        r"发票(?!查验)": 9,
        r"invoice": 9,
        r"(?:医疗|门诊|住院)?收费票据|收据|receipt for payment": 8,
        r"(?:费用|医疗费|住院费|门诊费)(?:结算|清单|明细|凭证)": 9,
        r"(?:结算|缴费|收费|付款)(?:单|凭证|凭据|清单)": 9,
        r"(?:official|payment|cash|tax|sales|medical|hospital|fee) receipt": 9,
        r"receipt (?:no|number|#)|bill of charges|hospital bill|bill (?:no|number)": 9,
        r"价税合计|税率|税额|购买方|销售方|纳税人识别号": 4,
        r"票据(?:号码|代码)|开票|校验码|交款人|收款人": 3,
    },
    DocumentKind.TERMINATION_CERTIFICATE: {
        r"(?:解除|终止)[^。,]{0,10}(?:劳动|聘用)(?:合同|关系)": 10,
        r"离职证明|退工(?:单|证明)|离职通知|辞退(?:通知|证明)": 14,
        r"terminat\w+ (?:of|certificate|letter|notice)|certificate of (?:service|employment)": 12,
        r"employment (?:termination|separation)|separation certificate": 12,
        r"离职|劳动合同|入职|经济补偿|裁员|最后工作日|终止[^。]{0,8}劳动关系": 3,
        r"redundan\w+|employment (?:ended|ceased)|last position|date of exit": 4,
        r"service certificate": 8,
    },
    DocumentKind.BANK_STATEMENT: {
        r"(?:交易|账户|流水|活期|储蓄|存款)[^。\n]{0,3}明细|银行流水|对账单|账户流水|交易流水": 12,
        r"(?:收支|资金|账务|账单)(?:明细|流水|清单|记录)": 12,
        r"(?:bank|account) statement|statement of account": 12,
        r"(?:期初|期末|本期|上期|承前|账户)余额|opening balance|closing balance": 5,
        r"交易日期|摘要|对方(?:户名|账号)|借方|贷方|发生额": 2,
        r"balance": 2,
    },
    DocumentKind.WAGE_SLIP: {
        r"(?:工资|薪资|薪酬)(?:条|单|明细|发放表|表)": 12,
        r"pay ?slip|wage slip|salary slip|pay ?stub|payroll advice|earnings statement": 14,
        r"(?:应发|实发)(?:工资|合计|金额|薪资)?": 5,
        r"基本工资|岗位工资|绩效|公积金|个人所得税|个税|养老保险": 2,
        r"net pay|gross pay|deductions": 5,
    },
    DocumentKind.UNEMPLOYMENT_REGISTRATION: {
        r"失业(?:人员)?登记|就业创业证|就业失业登记": 14,
        r"unemployment (?:registration|registry|certificate|benefit)": 14,
        r"registration of unemployment": 14,
        r"registered (?:as )?unemployed|jobseeker": 10,
        r"失业(?:日期|时间|原因|人员|保险金)": 4,
        r"失业|unemploy": 3,
    },
    DocumentKind.DISASTER_RECEIPT: {
        r"(?:报案|报警|接警|接报案|接处警|受案)(?:回执|登记|证明|记录)": 14,
        r"受案回执|受灾(?:证明|登记|情况)|灾情(?:证明|核定)|灾害(?:证明|救助|情况|损失|登记)": 14,
        r"火灾(?:事故)?(?:证明|认定)|事故(?:认定书|证明)|救灾": 10,
        r"police (?:report|receipt)|disaster (?:receipt|certificate|relief|report)": 14,
        r"incident (?:report|receipt)|(?:certificate|report) of (?:damage|loss)": 14,
        r"(?:fire|flood|accident) (?:report|certificate|receipt)": 12,
        r"报案(?:人|号|时间)|案件编号|受灾(?:人|户|时间|地点|地址)|财产损失|受损|损失": 3,
        r"派出所|公安|消防|应急管理|disaster|police": 3,
        r"loss report|loss (?:stated|declared)|person reporting": 5,
    },
}
_COMPILED = {
    kind: tuple((re.compile(words, re.IGNORECASE), weight) for words, weight in table.items())
    for kind, table in _WORDS.items()
}
#: What a heading is about, however it is put.
_STEMS: dict[DocumentKind, str] = {
    DocumentKind.DIAGNOSIS_CERTIFICATE: (
        r"(?<!出院)诊断|病情|疾病|病假|病休|健康|medical (?:cond|cert|rep)|diagnos|doctor|sick note"
    ),
    DocumentKind.DISCHARGE_RECORD: r"出院|住院.{0,4}(?:证明|记录|小结)|discharge",
    DocumentKind.INVOICE: r"发票|票据|收据|结算单|缴费|invoice|receipt(?![ \w])|^bill\b",
    DocumentKind.TERMINATION_CERTIFICATE: r"离职|退工|(?:解除|终止)|terminat|separation",
    DocumentKind.BANK_STATEMENT: r"流水|对账|账户|交易明细|statement|transactions",
    DocumentKind.WAGE_SLIP: r"工资|薪|salary|wage|pay ?(?:slip|stub|advice)",
    DocumentKind.UNEMPLOYMENT_REGISTRATION: r"失业|unemploy|jobseek",
    DocumentKind.DISASTER_RECEIPT: r"灾|报案|报警|接警|受案|火灾|事故|police|incident|disaster",
}
_STEM_SCORE = 10
_COUNTED_MAX = 3
_SCORE_MIN = 5


def kind_of(lines: tuple[Line, ...]) -> DocumentKind | None:
    """Return the kind whose words the document carries most, or None when nothing is said."""
    text = "\n".join(plain(line.text) for line in lines)
    heading = _heading(lines)
    scores = {
        kind: _score(table, text)
        + 2 * _score(table, heading)
        + _STEM_SCORE * bool(re.search(_STEMS[kind], heading, re.IGNORECASE | re.MULTILINE))
        for kind, table in _COMPILED.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _SCORE_MIN else None


def _score(table: tuple[tuple[re.Pattern[str], int], ...], text: str) -> int:
    return sum(
        weight * min(_COUNTED_MAX if weight < 8 else 1, len(pattern.findall(text)))
        for pattern, weight in table
    )


def _heading(lines: tuple[Line, ...]) -> str:
    """Return the text that stands large, or among the first rows of the first page."""
    first = [line for line in lines if line.where.page == 1]
    if not first:
        return ""
    tallest = max(line.height for line in first)
    top = sorted(first, key=lambda line: line.top)[:4]
    large = [line for line in first if line.height > 0.75 * tallest]
    chosen = {id(line): line for line in (*top, *large) if len(line.text) < 40}
    return "\n".join(plain(line.text) for line in chosen.values())
