import json
from datetime import UTC, datetime

import pytest
from PIL import Image

from tideover.app import pdf
from tideover.cli import agreement, evidence, scam
from tideover.cli.files import FileNotReadable

AT = datetime(2026, 12, 5, 2, 0, 3, tzinfo=UTC)
SIGNATURE = {
    "number": "TA-1001-1",
    "borrower": "演示·张*",
    "lender": {"zh": "演示贷款人", "en": "Demo lender"},
    "signed_at": AT.isoformat(),
    "confirmed_by": {"zh": "短信验证码", "en": "one-time code"},
}


@pytest.fixture(scope="module")
def trust(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority") / "seal"
    pdf.make_demo_authority(folder, at=AT)
    return folder


@pytest.fixture(scope="module")
def sealed(trust, tmp_path_factory):
    record = {
        "number": "TA-1001-1",
        "title": {"zh": "还款协议", "en": "Repayment agreement"},
        "made_on": "2026-12-05",
        "key_facts": [{"label": {"zh": "每期", "en": "Each"}, "value": "¥612.40"}],
        "clauses": [],
        "schedule": [],
        "cost_table": [],
        "borrower": {"name": "演示·张*"},
        "lender": SIGNATURE["lender"],
    }
    content = pdf.seal(
        pdf.render_agreement(record),
        signer=pdf.load_signer(trust),
        borrower_signature=SIGNATURE,
        at=AT,
    )
    path = tmp_path_factory.mktemp("papers") / "agreement.pdf"
    path.write_bytes(content)
    return path


class TestAgreementVerify:
    def test_says_who_and_when_and_ends_well(self, sealed, trust, capsys):
        code = agreement.run(["verify", str(sealed), "--trust", str(trust), "--lang", "en"])

        said = capsys.readouterr().out
        assert code == 0
        assert "intact: nothing changed since it was sealed" in said
        assert "Saturday 5 December 2026, 10:00:03 Beijing time" in said
        assert "演示·张*" in said

    def test_speaks_chinese(self, sealed, trust, capsys):
        agreement.run(["verify", str(sealed), "--trust", str(trust), "--lang", "zh"])

        assert "完整：盖章后没有任何改动" in capsys.readouterr().out

    @pytest.mark.parametrize("at", [10, -10, 40_000])
    def test_ends_badly_on_one_changed_byte(self, sealed, trust, tmp_path, capsys, at):
        content = bytearray(sealed.read_bytes())
        content[at] ^= 1
        changed = tmp_path / "changed.pdf"
        changed.write_bytes(content)

        code = agreement.run(["verify", str(changed), "--trust", str(trust), "--lang", "en"])

        assert code == 1
        assert "NOT INTACT" in capsys.readouterr().out

    def test_tells_whole_from_trusted(self, sealed, tmp_path, capsys):
        code = agreement.run(["verify", str(sealed), "--trust", str(tmp_path), "--lang", "en"])

        assert code == 3
        assert "sealed by nobody you trust" in capsys.readouterr().out

    def test_refuses_a_trust_folder_that_is_not_there(self, sealed, tmp_path):
        with pytest.raises(FileNotReadable):
            agreement.run(["verify", str(sealed), "--trust", str(tmp_path / "none")])

    def test_prints_a_record(self, sealed, trust, capsys):
        agreement.run(["verify", str(sealed), "--trust", str(trust), "--json"])

        record = json.loads(capsys.readouterr().out)
        assert record["intact"]
        assert record["seals"][0]["when"] == "2026-12-05T02:00:03+00:00"

    def test_refuses_a_file_without_a_seal(self, tmp_path):
        path = tmp_path / "plain.pdf"
        path.write_bytes(b"%PDF-1.7 nothing")

        with pytest.raises(pdf.NotSealed):
            agreement.run(["verify", str(path)])


class TestEvidenceInspect:
    def test_says_of_an_empty_photograph_that_it_cannot_be_verified(self, tmp_path, capsys):
        path = tmp_path / "photo.jpg"
        Image.new("RGB", (64, 48)).save(path)

        code = evidence.run(["inspect", str(path), "--json"])

        record = json.loads(capsys.readouterr().out)
        assert code == 0
        assert (record["kind"], record["outcome"]) == (None, "unverifiable")
        assert record["suspicious"] is False

    def test_refuses_by_name_in_the_language_asked_for(self, tmp_path, capsys):
        path = tmp_path / "empty.pdf"
        path.touch()

        code = evidence.run(["inspect", str(path), "--lang", "zh"])

        assert code == 1
        assert "空文件" in capsys.readouterr().out


class TestScamCheck:
    def test_warns_of_a_message(self, capsys):
        code = scam.run(["check", "请把验证码发给我们", "--lang", "zh"])

        assert code == 1
        assert "95384" in capsys.readouterr().out

    def test_reads_a_file(self, tmp_path, capsys):
        path = tmp_path / "message.txt"
        path.write_text("您好，下月 5 日是您的还款日。", encoding="utf-8")

        assert scam.run(["check", str(path), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["verdict"] == "ok"

    def test_takes_the_direction_of_plain_text(self, capsys):
        arguments = ["check", "请加我微信 abc12345", "--direction", "outbound", "--json"]

        assert scam.run(arguments) == 0
        assert json.loads(capsys.readouterr().out)["verdict"] == "scam"

    def test_answers_a_file_of_messages_line_by_line(self, tmp_path, capsys):
        path = tmp_path / "messages.jsonl"
        lines = [
            {"id": "a", "lang": "zh", "direction": "inbound", "text": "请把验证码发给我"},
            {"id": "b", "lang": "en", "direction": "outbound", "text": "Thank you."},
        ]
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

        assert scam.run(["check", str(path), "--json"]) == 0
        answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(one["id"], one["verdict"]) for one in answers] == [("a", "scam"), ("b", "ok")]
        assert all({"reasons", "advice"} <= set(one) for one in answers)

    @pytest.mark.parametrize(
        "line", ["not json", "[]", '{"id": 1}', '{"text": "a", "direction": 1}']
    )
    def test_names_the_line_that_is_no_message(self, line, tmp_path):
        path = tmp_path / "messages.jsonl"
        path.write_text('{"text": "a"}\n' + line, encoding="utf-8")

        with pytest.raises(scam.BadMessageLine, match="line 2"):
            scam.run(["check", str(path), "--json"])

    def test_measures_on_its_own_set(self, capsys):
        assert scam.run(["measure"]) == 0
        assert "recall" in capsys.readouterr().out
