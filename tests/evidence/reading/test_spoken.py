"""`spoken`: names, dates and illnesses of running text, told by the words beside them."""

import pytest

from pieces import read, values


class TestSpokenName:
    @pytest.mark.parametrize(
        "text",
        [
            "兹证明我辖区居民吕志丽，身份证号990308197901108763，情况属实。",
            "吕志丽（身份证号码：990308197901108763）于2026年10月26日到我单位报称住宅失窃。",
            "患者吕志丽，女，49岁，于2026年9月17日来我院就诊。",
        ],
    )
    def test_is_who_the_text_speaks_of(self, text):
        assert values("受灾证明", text)["name"] == "吕志丽"

    def test_is_no_label_with_a_bracket(self):
        told = values(
            "离职证明", "单位名称（公章）：北岭市远达物流股份有限公司", "日期：2026.09.24"
        )

        assert told.get("name") is None


class TestSpokenIllness:
    @pytest.mark.parametrize(
        "text",
        [
            "经检查诊断为：2型糖尿病。建议休息8周，定期复查。",
            "因“2型糖尿病”于2026年9月11日入住我院普外科治疗。",
            "确诊为2型糖尿病，需继续治疗。",
        ],
    )
    def test_is_what_somebody_has(self, text):
        assert values("诊断证明书", text)["diagnosis"] == "2型糖尿病"


class TestDates:
    def test_the_only_date_of_a_registration_is_its_own(self):
        told = values(
            "失业登记证明", "蒋玉超已于2026.11.06在我处办理失业登记，登记编号：747285775143。"
        )

        assert told["issue_date"] == "2026-11-06"

    def test_a_lost_dot_is_put_back(self):
        assert values("出院小结", "医师：钱医", "2026.1104")["issue_date"] == "2026-11-04"


class TestLabelsWithoutMarks:
    @pytest.mark.parametrize(
        ("line", "name", "value"),
        [
            ("姓名陶涛欣", "name", "陶涛欣"),
            ("购买方名称钱梓", "name", "钱梓"),
            ("销售方名称临湖区康宁医院有限公司", "issuer", "临湖区康宁医院有限公司"),
            ("姓名Name 陶涛欣", "name", "陶涛欣"),
            ("Bi11 To: Jing Sample", "name", "Jing Sample"),
            ("发票号码：NO76285674", "number", "NO76285674"),
        ],
    )
    def test_are_followed_by_their_value(self, line, name, value):
        assert values("电子发票（普通发票）", line)[name] == value

    @pytest.mark.parametrize("line", ["诊断证明书", "姓名单位名称", "单位意见同意"])
    def test_are_none_where_no_value_follows(self, line):
        assert "name" not in read("诊断证明书", line).fields
