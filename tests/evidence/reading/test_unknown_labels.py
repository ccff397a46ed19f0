"""Labels that no list holds, seen to be labels by their mark or their last word: `labels`."""

import pytest

from pieces import line, values
from tideover.evidence.reading import document_of
from tideover.evidence.reading.labels import is_like_one


class TestIsLikeOne:
    @pytest.mark.parametrize(
        "text", ["诊治经过:", "起火原因", "核查意见", "申报截止日期", "失业登记日期"]
    )
    def test_is_told_by_its_mark_or_its_last_word(self, text):
        assert is_like_one(text)

    @pytest.mark.parametrize(
        "text", ["演示·张三", "腰椎间盘突出症", "2026-09-12", "演示市人民医院", "姓名:张三"]
    )
    def test_no_value_is_one(self, text):
        assert not is_like_one(text)


class TestBoxes:
    def test_have_the_label_with_its_mark_above_the_value(self):
        rows = (
            (("姓名:", "演示·张三"), ("身份证号:", "99010119900307231X")),
            (("出院诊断:", "演示用急性阑尾炎"), ("诊治过程:", "完善检查,对症治疗")),
            (("出院日期:", "2026-10-28"), ("书写日期:", "2026-10-29")),
        )
        lines = [line("出院记录", 500, 40, height=50)]
        for at, row in enumerate(rows):
            for column, (label, value) in enumerate(row):
                left = 100 + 560 * column
                lines.append(line(label, left, 160 + 130 * at))
                lines.append(line(value, left, 205 + 130 * at))

        found = {name: field.value for name, field in document_of(tuple(lines)).fields.items()}

        assert found["name"] == "演示·张三"
        assert found["diagnosis"] == "演示用急性阑尾炎"
        assert (found["end_date"], found["issue_date"]) == ("2026-10-28", "2026-10-29")


class TestIssuer:
    def test_signs_by_one_of_its_rooms(self):
        found = values("诊断证明", "姓名：演示·张三", "诊断：演示用胃炎", "演示市骨科医院医务科")

        assert found["issuer"] == "演示市骨科医院"

    def test_may_stand_in_the_title(self):
        found = values("演示科技有限公司2026年9月工资条", "姓名：演示·张三", "实发工资：5,000.00")

        assert (found["issuer"], found["month"]) == ("演示科技有限公司", "2026-09")

    def test_is_not_where_the_patient_works(self):
        found = values("演示市人民医院", "诊断书", "工作单位：演示制衣厂", "诊断：演示用胃炎")

        assert found["issuer"] == "演示市人民医院"


class TestPairsWithoutMarks:
    def test_may_follow_each_other_on_one_line(self):
        found = values(
            "演示银行借记账户历史明细清单",
            "卡号 6222020200011234567　户名 张三",
            "起止日期 20260101 — 20260331　打印日期 20260401",
        )

        assert found["name"] == "张三"
        assert found["issuer"] == "演示银行"
        assert (found["period_start"], found["issue_date"]) == ("2026-01-01", "2026-04-01")


class TestTables:
    def test_of_two_rows_with_dashes_have_a_head_and_no_band(self):
        found = values(
            "演示银行个人账户交易明细",
            ("账户名称", "张三", "账号", "6222020200011234567"),
            ("交易日期", "摘要", "借方金额", "贷方金额", "账户余额"),
            ("2026-06-05", "代发工资", "-", "8,000.00", "9,500.00"),
            ("2026-06-08", "消费", "120.50", "-", "9,379.50"),
        )

        assert found["name"] == "张三"
        assert found.get("closing_balance") != "9500.00"


class TestRunningText:
    def test_a_name_may_stand_between_two_labels_without_a_mark(self):
        found = values("终止劳动合同证明书", "劳动者姓名 张三 身份证号码 99010119900307231X")

        assert (found["name"], found["id_number"]) == ("张三", "99010119900307231X")

    def test_a_colon_may_stand_before_whom_it_certifies(self):
        found = values(
            "受灾证明", "兹证明：张三（99010119900307231X）户，房屋受损。", "演示街道办事处"
        )

        assert found["name"] == "张三"

    def test_no_value_goes_on_where_somebody_signs(self):
        found = values(
            "离职证明",
            "姓名：张三",
            "入职时间：2020-01-01",
            "离职时间：2026-03-01",
            "2026年10月5日",
        )

        assert (found["end_date"], found["issue_date"]) == ("2026-03-01", "2026-10-05")

    def test_a_span_of_rest_is_not_the_day_of_the_paper(self):
        found = values(
            "疾病诊断证明书", "姓名：张三", "诊断：演示用胃炎", "休假时间：2026-03-01 至 2026-03-30"
        )

        assert (found["start_date"], found["end_date"]) == ("2026-03-01", "2026-03-30")
        assert "issue_date" not in found

    def test_a_letter_names_whom_it_speaks_to_and_its_number(self):
        found = values(
            "受案回执",
            "演公（刑）受案字〔2026〕0123号",
            "张三：",
            "你于2026年3月5日报称的被诈骗案我单位已受理，损失现金8,000元。",
            "演示派出所",
        )

        assert (found["name"], found["amount"]) == ("张三", "8000.00")
        assert found["number"] == "演公（刑）受案字〔2026〕0123号"

    def test_a_contract_that_runs_out_ends(self):
        found = values(
            "终止劳动合同通知书", "张三：", "您与公司签订的劳动合同将于2026年3月31日到期。"
        )

        assert (found["name"], found["end_date"]) == ("张三", "2026-03-31")

    def test_the_only_illness_of_a_list_is_named_without_its_number(self):
        found = values("疾病诊断证明书", "姓名：张三", "诊断：1、演示用胃炎")
        several = values("疾病诊断证明书", "姓名：张三", "诊断：1.演示用胃炎；2.演示用肠炎")

        assert found["diagnosis"] == "演示用胃炎"
        assert several["diagnosis"] == "1.演示用胃炎；2.演示用肠炎"

    def test_the_rule_of_a_blank_is_no_part_of_its_value(self):
        found = values(
            "诊断证明书",
            "兹有病员演示·张三_，性别_女，年龄_47岁，经我院检查，诊断为演示用胃炎_，建议休养_4_周。",
            "演示市人民医院",
            "2026年10月9日",
        )

        assert (found["name"], found["diagnosis"]) == ("演示·张三", "演示用胃炎")

    def test_a_time_of_day_stands_between_a_date_and_what_happened(self):
        found = values(
            "受灾证明",
            "兹有居民演示·张三，其房屋于2026年10月5日14:32因洪涝灾害受损，情况属实。",
            "演示街道办事处",
            "2026年10月9日",
        )

        assert (found["start_date"], found["issue_date"]) == ("2026-10-05", "2026-10-09")

    def test_work_that_ended_began_being_without_it(self):
        found = values(
            "失业登记证明",
            "兹证明演示·张三，于2026年10月6日与原用人单位终止劳动关系，已办理失业登记。",
            "演示市就业服务中心",
            "2026年10月26日",
        )

        assert (found["start_date"], found["issue_date"]) == ("2026-10-06", "2026-10-26")

    def test_a_paper_calls_itself_the_number_so_and_so(self):
        found = values("火灾事故认定书", "第1685913639号", "当事人：演示·张三")

        assert found["number"] == "1685913639"
