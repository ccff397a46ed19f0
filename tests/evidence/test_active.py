import pytest

from papers import flate, object_stream, pdf, stream
from tideover.evidence.sandbox.active import active_parts, is_encrypted
from tideover.evidence.sandbox.answers import Refused


class TestActiveParts:
    @pytest.mark.parametrize(
        ("catalog", "found"),
        [
            (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "JavaScript"),
            (b"/OpenAction<</S/#4aavaScript/JS(x)>>", "JavaScript"),
            (b"/OpenAction<</S/Launch/F(cmd.exe)>>", "Launch"),
            (b"/OpenAction<</S/URI/URI(http://example.com)>>", "OpenAction"),
            (b"/AA<</WC<</S/JavaScript/JS(x)>>>>", "JavaScript"),
            (b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec>>]>>>>", "EmbeddedFile"),
            (b"/AcroForm<</XFA[(a)]>>", "XFA"),
        ],
    )
    def test_names_what_could_act(self, catalog, found):
        assert found in active_parts(pdf(catalog=catalog))

    def test_finds_it_in_a_packed_object(self):
        packed = object_stream(b"<</S/JavaScript/JS(app.alert(1))>>")

        assert "JavaScript" in active_parts(pdf(extra=[packed]))

    def test_finds_it_behind_a_reference(self):
        catalog = b"/OpenAction 500 0 R"

        assert active_parts(pdf(catalog=catalog, extra=[b"<</S/URI/URI(http://a.b)>>"])) == (
            "OpenAction",
        )

    def test_finds_it_in_a_revision_that_was_replaced(self):
        old = pdf(catalog=b"/OpenAction<</S/JavaScript/JS(x)>>")

        assert "JavaScript" in active_parts(old + pdf())

    @pytest.mark.parametrize(
        ("catalog", "extra"),
        [
            (b"", ()),
            (b"/OpenAction[10 0 R/Fit]", ()),
            (b"/OpenAction 500 0 R", (b"[10 0 R /XYZ 0 0 1]",)),
            (b"/OpenAction<</S/GoTo/D[10 0 R/Fit]>>", ()),
            (b"/OpenAction 600 0 R", (object_stream(b"<</S/GoTo/D[10 0 R/Fit]>>"),)),
        ],
    )
    def test_leaves_a_page_to_show_first_alone(self, catalog, extra):
        assert active_parts(pdf(catalog=catalog, extra=extra)) == ()

    def test_leaves_what_a_page_says_alone(self):
        content = b"BT /F1 12 Tf 20 200 Td (JavaScript, Launch and OpenAction) Tj ET"

        assert active_parts(pdf(content=content)) == ()

    @pytest.mark.parametrize(
        "packed",
        [
            stream(b"80000000>", b"/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode"),
            stream(b"no zlib at all", b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
            flate(b"600 0 <<>>", b"/Type/ObjStm/N 1/First 6/DecodeParms<</Predictor 12>>"),
        ],
    )
    def test_refuses_objects_it_cannot_look_into(self, packed):
        with pytest.raises(Refused, match="unreadable"):
            active_parts(pdf(extra=[packed]))

    def test_refuses_objects_that_unpack_without_end(self):
        bomb = flate(bytes(70 * 1024 * 1024), b"/Type/ObjStm/N 1/First 4")

        with pytest.raises(Refused, match="too-much"):
            active_parts(pdf(extra=[bomb]))


class TestIsEncrypted:
    def test_is_told_by_the_trailer(self):
        assert is_encrypted(pdf(trailer=b"/Encrypt 9 0 R"))
        assert not is_encrypted(pdf(content=b"BT (/Encrypt 9 0 R) Tj ET"))
