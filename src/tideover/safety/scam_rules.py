"""What the lender never writes, as patterns over plain text in Chinese and English.

Sources: the supervisor's warnings on phishing messages and on agencies that sell “debt relief”
(2023-07-12 and later), and the promises every page of this product makes.
"""

import re
from dataclasses import dataclass

from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, why it is a warning, and whether it suffices alone."""

    code: str
    pattern: re.Pattern[str]
    because: Words
    is_decisive: bool = True
    unless: re.Pattern[str] | None = None
    """What, in the same clause, turns the meaning round."""


#: “We never ask for a code” speaks of the same things as a scam and means the opposite.
_NEVER = re.compile(
    r"不会|不要|不用|不需|不收|不得|无需|无须|免收|没有|切勿|请勿|勿|别(?!人)|谨防|警惕|从不|绝不|防范|"
    r"\b(never|do not|don't|will not|won't|need not|no|not|without|beware)\b"
)


def _rule(
    code: str, *patterns: str, zh: str, en: str, is_decisive: bool = True, is_turned: bool = True
) -> Rule:
    return Rule(
        code,
        re.compile("|".join(f"(?:{pattern})" for pattern in patterns)),
        Words(zh, en),
        is_decisive=is_decisive,
        unless=_NEVER if is_turned else None,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "asks-for-code",
        r"(发|告诉|提供|报|回复|转发|念|给).{0,10}(验证码|校验码|动态码|短信码)",
        r"(验证码|校验码|动态码).{0,8}(发给|告诉|提供给|报给|转发|回复给)",
        r"\b(send|tell|give|forward|share|reply with|read out)\b.{0,30}"
        r"\b(code|otp|verification code)\b",
        zh="索要验证码：我们从不索要，任何人拿到验证码都能动用您的账户。",
        en="It asks for a one-time code; nobody genuine needs it, and it opens the account.",
    ),
    _rule(
        "asks-for-password",
        r"(发|告诉|提供|报|填写|输入|回复).{0,10}(银行卡密码|支付密码|登录密码|交易密码|密码|cvv)",
        r"\b(send|tell|give|share|confirm|enter)\b.{0,25}\b(password|pin|cvv)\b",
        zh="索要密码：我们从不索要。",
        en="It asks for a password; we never do.",
    ),
    _rule(
        "private-transfer",
        r"(转账|转入|转到|转至|打款|汇款|汇到|打到|存入|还款到|转).{0,14}"
        r"(个人账户|个人账号|私人账户|安全账户|指定账户|监管账户|对公验资|专员账户|个人卡|我的卡)",
        r"(个人账户|私人账户|安全账户|监管账户).{0,10}(转账|还款|打款|汇款)",
        r"\b(transfer|pay|send|wire|deposit)\b.{0,40}"
        r"\b(personal|private|safe|secure|escrow|designated)\b.{0,12}\baccount\b",
        zh="让您转账到个人或“安全”账户：还款只走合同约定的渠道。",
        en="It wants a transfer to a private or “safe” account; payments go only where the "
        "contract says.",
    ),
    _rule(
        "screen-share",
        r"(共享|分享|打开|开启|开|进行).{0,6}(屏幕|桌面)",
        r"屏幕共享|远程(控制|协助)|(下载|安装).{0,10}(会议|teamviewer|anydesk|todesk|向日葵|zoom|钉钉会议)",
        r"\b(share your screen|screen ?shar(e|ing)|remote (control|access)|teamviewer|anydesk)\b",
        zh="要求共享屏幕或远程控制：对方能看到您的验证码和密码。",
        en="It asks to see your screen or control the phone, and would see codes and passwords.",
    ),
    _rule(
        "fee-up-front",
        r"(先|预先|提前|需|要|须|缴纳|支付|交).{0,8}"
        r"(手续费|服务费|代理费|咨询费|保证金|解冻费|认证金|验证金|工本费|刷流水|好处费)",
        r"(手续费|服务费|代理费|咨询费).{0,10}(\d+ ?%|元|块|点)",
        r"\b(pay|transfer|send)\b.{0,30}\b(fee|deposit|commission)\b.{0,30}"
        r"\b(first|up ?front|before|advance)\b",
        r"\b(up ?front|advance|processing|agency|unlock(ing)?) fee\b",
        zh="先收费：向贷款人协商不收任何费用。",
        en="It wants money first; asking the lender for help costs nothing.",
    ),
    _rule(
        "verify-by-transfer",
        r"(转账|汇款|充值|流水).{0,8}(验证|认证|核实|激活|验资)",
        r"(验证|认证|核实|激活).{0,6}(转账|汇款|流水|还款能力.{0,4}转)",
        r"\bverif\w*\b.{0,20}\btransfer\b|\btransfer\b.{0,20}\bto verify\b",
        zh="“验证转账”：没有任何核实需要您转账。",
        en="A “verification transfer”; nothing is ever verified by sending money.",
    ),
    _rule(
        "fake-papers",
        r"(代办|代开|制作|出具|开|办|包装).{0,6}(病历|诊断证明|贫困证明|失业证明|离职证明|流水|困难证明)",
        r"\b(fake|forged?|made.up)\b.{0,20}\b(certificate|document|proof|statement)s?\b",
        zh="代开证明：伪造证明会让方案作废，还可能违法。",
        en="It offers made-up papers; they void any plan and may be a crime.",
    ),
    _rule(
        "debt-agency",
        r"反催收|代理维权|征信(修复|洗白|铲单)|债务(优化|重组)(公司|团队|机构|法务)|停息挂账.{0,8}(代办|包过|办理|咨询)",
        r"(代理|代办|包办|包过|内部渠道|内部关系).{0,10}(协商|分期|延期|减免|停息|征信|展期)",
        r"\b(debt relief|credit repair|debt settlement) (agency|company|agent|service)\b|"
        r"\bguaranteed (approval|relief)\b",
        zh="代理维权中介：协商请自己办理，不要把手机卡、银行卡交给他人。",
        en="A debt agency; ask the lender yourself, and hand your SIM or bank card to nobody.",
        is_decisive=False,
    ),
    _rule(
        "hand-over-sim",
        r"(寄|交|给|提供|办).{0,8}(手机卡|电话卡|银行卡|身份证原件|新卡)",
        r"(手机卡|电话卡|银行卡|身份证原件).{0,6}(寄|交给|给我|快递)",
        r"\b(hand over|send us|give us|mail)\b.{0,20}\b(sim|bank card|id card)\b",
        zh="索要手机卡、银行卡：等于把账户交给别人。",
        en="It wants your SIM or card, which is the account itself.",
    ),
    _rule(
        "do-not-answer-lender",
        r"(不要|别|勿).{0,4}(接|理|联系).{0,6}(银行|平台|客服|贷款|官方)",
        r"\b(do not|don't|never)\b.{0,12}\b(answer|talk to|contact)\b.{0,12}\b(bank|lender)\b",
        zh="让您不要联系贷款人：只会错过真正的办法。",
        en="It tells you to avoid the lender, where the real help is.",
        is_turned=False,
    ),
    _rule(
        "fake-app",
        r"(下载|安装|点击|打开).{0,12}(app|客户端|apk)",
        r"微粒贷.{0,4}(app|客户端)",
        r"\b(download|install)\b.{0,25}\bapp\b",
        zh="让您下载 App：本产品没有独立 App，同名的都是假冒。",
        en="It wants you to install an app; this product has none, and those of its name are fake.",
        is_decisive=False,
    ),
    _rule(
        "link",
        r"https?://\S+|\b[a-z0-9-]+\.(top|xyz|vip|icu|cc|shop|club|work|live)\b",
        zh="带有链接：请不要点开，自己从官方入口进入。",
        en="It carries a link; do not open it, go through the official entrance yourself.",
        is_decisive=False,
        is_turned=False,
    ),
    _rule(
        "threat",
        r"(立即|马上|今天|24小时|小时内).{0,16}(起诉|立案|上门|抓捕|逮捕|拘留|通缉|冻结|坐牢|判刑)",
        r"(起诉|立案|抓捕|拘留|通缉).{0,10}(立即|马上|今天|否则)",
        r"\b(arrest|jail|prison|warrant)\b.{0,40}\b(today|immediately|within|now)\b",
        zh="用抓人、坐牢催您立刻付款：正规机构不会这样说话。",
        en="It threatens arrest to make you pay now; no proper lender speaks so.",
        is_decisive=False,
    ),
)
