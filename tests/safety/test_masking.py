from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import mask_card, mask_id, mask_name, mask_phone

digits = st.text("0123456789", min_size=8, max_size=19)


class TestMaskName:
    @given(st.text("张王李欧阳娜三四五", min_size=2, max_size=6))
    def test_shows_the_first_character_alone(self, name):
        masked = mask_name(name)

        assert masked[0] == name[0]
        assert set(masked[1:]) == {"*"}
        assert len(masked) == len(name)

    def test_keeps_the_mark_of_a_made_up_person(self):
        assert mask_name("演示·张三") == "演示·张*"

    def test_does_not_show_a_name_of_one_character_as_whole(self):
        assert mask_name("张") == "张*"
        assert mask_name("") == ""

    def test_hides_the_parts_of_a_name_with_a_dot(self):
        assert mask_name("阿依·古丽") == "阿****"


class TestMaskPhone:
    @given(st.text("0123456789", min_size=11, max_size=11))
    def test_hides_the_four_in_the_middle(self, phone):
        assert mask_phone(phone) == phone[:3] + "****" + phone[-4:]

    def test_reads_a_number_as_people_write_it(self):
        assert mask_phone("+86 138-1234-5678") == "138****5678"

    @given(st.text("0123456789", max_size=7))
    def test_shows_at_most_two_digits_of_a_short_number(self, phone):
        assert len(mask_phone(phone).replace("*", "")) <= 2


class TestMaskId:
    @given(st.text("0123456789", min_size=17, max_size=17))
    def test_shows_three_in_front_and_four_behind(self, number):
        masked = mask_id(number + "X")

        assert masked == number[:3] + "*" * 11 + (number + "X")[-4:]

    def test_hides_all_of_what_is_too_short(self):
        assert mask_id("1234567") == "*******"


class TestMaskCard:
    @given(digits)
    def test_shows_the_last_four(self, number):
        assert mask_card(number) == f"**** {number[-4:]}"

    def test_hides_all_of_what_is_too_short(self):
        assert mask_card("1234") == "****"
