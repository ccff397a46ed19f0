"""The words of every paper the policy book may ask for: what it is, why, and examples.

Each `why` says what the paper settles and, where it can, that only a part of it is wanted.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tideover.policy import Words

_Entry = tuple[Words, Words, tuple[Words, ...]]

_WORK: Mapping[str, _Entry] = {
    "termination_letter": (
        Words("离职或解除劳动合同证明", "Notice that the job ended"),
        Words("看清从哪天起没有这份工资。", "It shows from which day the wage is missing."),
        (
            Words("解除（终止）劳动合同证明书", "certificate of termination of employment"),
            Words("公司盖章的离职证明", "a leaving certificate stamped by the company"),
            Words("裁员通知的邮件截图", "a screenshot of the notice by e-mail"),
        ),
    ),
    "unemployment_registration": (
        Words("失业登记", "Unemployment registration"),
        Words(
            "可以佐证失业时间；还没登记也没关系。", "It confirms the date; none yet is fine too."
        ),
        (
            Words("失业登记凭证", "registration slip"),
            Words("失业保险金领取页面截图", "a screenshot of the unemployment benefit page"),
        ),
    ),
    "wage_statement": (
        Words("收入减少前后的工资单", "Wage slips before and after the drop"),
        Words(
            "前后各一两个月，就能看出少了多少。", "One or two months of each show the difference."
        ),
        (
            Words("工资条照片", "photos of wage slips"),
            Words("个人所得税 App 的收入明细截图", "screenshots of the tax app's income page"),
        ),
    ),
    "pay_cut_notice": (
        Words("降薪或停工通知", "Notice of lower pay or short time"),
        Words("说明减少的原因和时间。", "It says why and from when."),
        (
            Words("公司通知、群公告截图", "the company's notice, or a screenshot of it"),
            Words("岗位调整确认书", "a confirmation of a changed position"),
        ),
    ),
    "business_closure": (
        Words("停业或注销材料", "Papers on the closing of the business"),
        Words("看清生意何时停下来。", "They show when the business stopped."),
        (
            Words("营业执照注销通知书", "notice of cancellation of the licence"),
            Words("退租协议", "the end of the lease"),
        ),
    ),
    "tax_record": (
        Words("纳税申报记录", "Tax returns"),
        Words("前后几期对比就能看出营业额变化。", "A few periods side by side show the change."),
        (Words("电子税务局申报表截图", "screenshots from the electronic tax office"),),
    ),
}

_HEALTH: Mapping[str, _Entry] = {
    "diagnosis": (
        Words("诊断证明", "Diagnosis certificate"),
        Words(
            "说明大概需要多久恢复。病情细节可以遮住。",
            "It says how long recovery may take. You may cover the details.",
        ),
        (
            Words("医院盖章的诊断证明书", "a certificate stamped by the hospital"),
            Words("病假证明", "a sick note"),
        ),
    ),
    "medical_bills": (
        Words("医疗费用票据", "Medical bills"),
        Words("看出这段时间多花了多少。", "They show what it has cost."),
        (
            Words("费用清单", "an itemised bill"),
            Words("电子发票或医保结算单", "electronic invoices, insurance settlements"),
        ),
    ),
    "hospital_record": (
        Words("住院或出院记录", "Hospital record"),
        Words("说明住院时间。只需要首页。", "It shows the dates. The first page is enough."),
        (Words("出院小结首页", "first page of the discharge summary"),),
    ),
    "disability_certificate": (
        Words("残疾证或低保证", "Disability or basic-support certificate"),
        Words("可以适用更多照顾措施。", "More kinds of help may then apply."),
        (
            Words("残疾人证内页", "inside page of the disability certificate"),
            Words("低保证明", "proof of basic support"),
        ),
    ),
}

_FAMILY: Mapping[str, _Entry] = {
    "relation_proof": (
        Words("亲属关系证明", "Proof of kinship"),
        Words("说明你在照顾家人。", "It shows that you care for family."),
        (
            Words("户口本相关页", "the page of the household register"),
            Words("结婚证、出生证明", "marriage or birth certificate"),
        ),
    ),
    "death_certificate": (
        Words("死亡证明", "Death certificate"),
        Words("我们只确认时间，不会多问。", "We only note the date and ask nothing more."),
        (Words("居民死亡医学证明书", "the medical certificate"),),
    ),
    "court_document": (
        Words("法院或民政文书", "Paper of a court or registry"),
        Words("一页能说明变化的就够。", "One page that shows the change is enough."),
        (
            Words("离婚证或离婚协议首页", "divorce certificate, first page of the agreement"),
            Words("调解书、告诫书", "a mediation record or a warning order"),
        ),
    ),
}

_EVENTS: Mapping[str, _Entry] = {
    "disaster_document": (
        Words("灾害或事故证明", "Proof of the disaster or accident"),
        Words("说明时间和地点。", "It shows when and where."),
        (
            Words("消防、交警或街道出具的证明", "a paper of the fire, traffic or local office"),
            Words("保险查勘单", "an insurance survey"),
        ),
    ),
    "loss_photos": (
        Words("损失照片", "Photos of the damage"),
        Words("让我们看到情况，两三张就够。", "Two or three are enough to show it."),
        (Words("房屋、车辆、货物照片", "the home, the car, the goods"),),
    ),
    "police_receipt": (
        Words("报警回执", "Police receipt"),
        Words(
            "说明已报案，我们会一并保护你的账户。",
            "It shows the report; we also protect your account.",
        ),
        (
            Words("受案回执", "case receipt"),
            Words("96110 反诈中心受理短信", "message of the anti-fraud centre 96110"),
        ),
    ),
    "transfer_record": (
        Words("被骗转账记录", "Record of the transfer"),
        Words("看清时间和金额。", "It shows when and how much."),
        (Words("银行或支付 App 的转账截图", "a screenshot from the bank or payment app"),),
    ),
}

_MONEY: Mapping[str, _Entry] = {
    "bank_statement": (
        Words("近几个月的银行流水", "Recent bank statement"),
        Words(
            "看出收入的变化。与还款无关的往来可以遮住。",
            "It shows how income changed. You may cover what is unrelated.",
        ),
        (
            Words("银行 App 导出的 PDF", "the PDF from the bank's app"),
            Words("微信、支付宝收支明细截图", "screenshots of payment-app statements"),
        ),
    ),
    "debt_list": (
        Words("全部欠款清单", "List of all debts"),
        Words(
            "各家一起算，方案才还得起。", "Only with all of them can a plan be one you can keep."
        ),
        (
            Words("手写清单的照片", "a photo of a list by hand"),
            Words("各平台待还页面截图", "screenshots of what each lender shows"),
        ),
    ),
    "credit_report": (
        Words("个人信用报告", "Credit report"),
        Words(
            "帮助核对清单有没有遗漏；每年可免费查两次。",
            "It completes the list; two a year are free.",
        ),
        (Words("征信中心简版报告 PDF", "the short report of the credit centre, PDF"),),
    ),
    "own_statement": (
        Words("你自己的说明", "Your own statement"),
        Words(
            "用自己的话写下发生了什么，一页以内。", "What happened, in your words, a page at most."
        ),
        (Words("手写说明的照片", "a photo of a handwritten page"),),
    ),
}

#: Code → label, why, examples.
NEED_WORDS: Mapping[str, _Entry] = MappingProxyType(
    {**_WORK, **_HEALTH, **_FAMILY, **_EVENTS, **_MONEY}
)
