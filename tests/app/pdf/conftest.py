from datetime import UTC, datetime, timedelta

import pytest
from agreement_record import agreement_record
from time_authority import answering

from tideover.app import pdf

SIGNED_AT = datetime(2026, 12, 5, 2, 0, 3, tzinfo=UTC)


@pytest.fixture(scope="session")
def trust(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority") / "seal"
    pdf.make_demo_authority(folder, at=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def signer(trust):
    return pdf.load_signer(trust)


@pytest.fixture
def authority(signer):
    with answering(signer.time_stamper(SIGNED_AT + timedelta(seconds=2))) as made:
        yield made


@pytest.fixture(scope="session")
def agreement():
    return pdf.render_agreement(agreement_record())


@pytest.fixture(scope="session")
def signature():
    return {
        "number": "TA-1001-1",
        "borrower": "演示·张*",
        "phone": "138****5678",
        "lender": {"zh": "演示贷款人（虚构）", "en": "Demo lender (fictitious)"},
        "signed_at": SIGNED_AT.isoformat(),
        "confirmed_by": {
            "zh": "短信验证码，尾号 5678，第 1 次输入正确",
            "en": "one-time code sent to the phone ending 5678, right at the first try",
        },
    }


@pytest.fixture(scope="session")
def sealed(agreement, signer, signature):
    at = SIGNED_AT + timedelta(seconds=2)
    return pdf.seal(agreement, signer=signer, borrower_signature=signature, at=at)
