"""`likeness`, with the finding of `checks.duplicates`."""

from pieces import read
from tideover.evidence import Weight, likeness, signature_of
from tideover.evidence.checks import duplicate


def slip(name="演示·张三", *, net="6,500.00", day="2026-03-05", number="99010119900307231X"):
    return read(
        "演示科技有限公司工资条",
        f"姓名：{name}",
        f"身份证号：{number}",
        "所属月份：2026年2月",
        "基本工资：7,120.00",
        "绩效工资：880.00",
        "应发工资：8,000.00",
        "扣款合计：1,500.00",
        f"实发工资：{net}",
        f"发放日期：{day}",
    )


def alike(one, other):
    return likeness(signature_of(one, digest="1" * 64), signature_of(other, digest="2" * 64))


class TestLikeness:
    def test_is_total_for_the_same_words(self):
        found = alike(slip(), slip())

        assert (found.wording, found.figures, found.is_duplicate) == (1000, 1000, True)

    def test_does_not_look_at_the_person(self):
        assert alike(slip(), slip("演示·李四", number="990101198003072315")).is_duplicate

    def test_tells_two_papers_of_one_office_apart(self):
        other = read(
            "演示科技有限公司工资条",
            "姓名：演示·李四",
            "所属月份：2026年2月",
            "基本工资：5,430.00",
            "绩效工资：310.00",
            "应发工资：5,740.00",
            "扣款合计：902.11",
            "实发工资：4,837.89",
            "发放日期：2026-03-06",
        )

        assert not alike(slip(), other).is_duplicate

    def test_tells_two_people_on_one_long_form_apart(self):
        def certificate(name, days, number):
            return read(
                "离职证明",
                f"兹证明{name}，身份证号：99010119900307231X，于{days[0]}入职我公司，因公司经营困难，双方",
                f"协商一致，于{days[1]}解除劳动合同，证明编号{number}。在职期间表现良好，工作认真负责，",
                "无任何违反公司规章制度的行为，所有离职手续均已按照公司规定办理完毕，经济补偿已经结清，",
                "双方不存在任何劳动争议和经济纠纷，档案及社会保险关系按照国家有关规定办理转移。特此证明。",
                "演示科技有限公司",
                days[2],
            )

        one = certificate(
            "演示·张三", ("2021年3月1日", "2026年9月30日", "2026年10月8日"), "LZ20260931"
        )
        other = certificate(
            "演示·李四", ("2019年7月15日", "2026年8月3日", "2026年8月4日"), "LZ20260777"
        )
        copied = certificate(
            "演示·王五", ("2021年3月1日", "2026年9月30日", "2026年10月9日"), "LZ20260931"
        )

        assert not alike(one, other).is_duplicate
        assert alike(one, copied).is_duplicate

    def test_tells_colleagues_who_leave_on_one_day_apart(self):
        def certificate(name, number, came):
            return read(
                "解除劳动合同证明书",
                f"兹证明{name}，身份证号：{number}，于{came}入职我公司，因公司经营困难，双方协商一致，",
                "于2026年9月30日解除劳动合同，所有手续均已办理完毕。",
                "演示科技有限公司",
                "2026年10月8日",
            )

        one = certificate("演示·张三", "99010119900307231X", "2021年3月1日")
        other = certificate("演示·李四", "990101198003072315", "2019年7月15日")
        renamed = certificate("演示·李四", "990101198003072315", "2021年3月1日")

        assert not alike(one, other).is_duplicate
        assert alike(one, renamed).is_duplicate

    def test_tells_two_patients_of_one_day_apart(self):
        def certificate(name, number, illness):
            return read(
                "演示市人民医院",
                "诊断证明书",
                f"姓名：{name}",
                f"身份证号：{number}",
                f"临床诊断：{illness}",
                "处理意见：建议休息两周，门诊随诊，按时服药，如有不适及时就诊",
                "开具日期：2026年10月8日",
            )

        one = certificate("演示·张三", "99010119900307231X", "急性阑尾炎")
        other = certificate("演示·李四", "990101198003072315", "左侧股骨颈骨折")

        assert not alike(one, other).is_duplicate
        assert alike(one, certificate("演示·王五", "", "急性阑尾炎")).is_duplicate

    def test_finds_a_paper_whose_lower_end_was_cut(self):
        whole = slip()
        cut = read(*[line.text for line in whole.lines[:6]])

        assert alike(whole, cut).is_duplicate

    def test_keeps_ten_bits_of_a_person_and_no_more(self):
        people = {
            one
            for serial in range(3000)
            for one in signature_of(
                read("诊断证明书", f"姓名：演示·{chr(0x4E00 + serial)}"), digest="1" * 64
            ).figures
        }

        assert len(people) <= 1024
        assert alike(slip(), slip()).same_person
        assert not alike(slip(), slip("演示·李四", number="990101198003072315")).same_person

    def test_of_marks_is_shared_by_what_is_alike(self):
        one, other = (
            signature_of(slip(), digest="1" * 64),
            signature_of(slip("演示·李四"), digest="2" * 64),
        )

        assert set(one.marks()) & set(other.marks())


class TestDuplicates:
    def test_name_the_other_case_and_leave_the_decision_open(self):
        finding = duplicate(alike(slip(), slip()), case="HC-7")

        assert finding.weight is Weight.DUPLICATE
        assert "HC-7" in finding.why.en
        assert "honestly" in finding.settles.en
