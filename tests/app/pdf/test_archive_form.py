"""What another's validator says of our files: Apache PDFBox Preflight, from Debian.

Preflight knows PDF/A-1b, the strictest part. Ours is PDF/A-3b, which permits more: each thing that
it allows and part one forbids is named below with the clause; nothing else may be found.
"""

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from letter_records import objection_record, settlement_record

from tideover.app import pdf

_JAVA = Path("/usr/share/java")
_JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation",
         "jaxb-api")  # fmt: skip
#: ISO 19005-3 against ISO 19005-1, by Preflight's words.
_PERMITTED = {
    # The metadata name the part, which is three.
    "7.11.2": "part must be 1",
    # 6.2.4.2: colour profiles of ICC version 4 (ISO 15076-1), where part one ends with version 2.
    "2.1.6": "Invalid version of the ICCProfile",
    # 6.8: any file may be attached; the facts of the signature are.
    "1.4.7": "EmbeddedFile entry is present in the Names dictionary",
    "1.2.9": "EmbeddedFile entry is present in a FileSpecification dictionary",
    # A bookmark's target may be an object of its own (ISO 32000-1, 7.3.10), which Preflight 2
    # reads only where it stands in place.
    "1.2.3": "can't convert to Destination COSObject",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, agreement, sealed) -> dict[str, Counter[tuple[str, str]]]:
    """What Preflight says of each file: its codes, and its words without the place."""
    if shutil.which("java") is None or not all((_JAVA / f"{jar}.jar").exists() for jar in _JARS):
        pytest.skip("needs Preflight: apt-get install libpdfbox2-java libactivation-java "
                    "libjaxb-api-java default-jre-headless")  # fmt: skip
    folder = tmp_path_factory.mktemp("archive")
    files = {
        "sealed": sealed,
        "settlement": pdf.render_settlement(settlement_record()),
        "objection": pdf.render_objection(objection_record()),
        "no-metadata": agreement.replace(b"/Metadata", b"/Metadatz"),
        "no-font": agreement.replace(b"/FontFile", b"/FontFilz"),
    }
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    path = ":".join(str(_JAVA / f"{jar}.jar") for jar in _JARS)
    subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path,
         "org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", str(folder)],
        check=True, capture_output=True,
    )  # fmt: skip
    return {name: _read(folder / f"{name}.pdf.preflight.xml") for name in files}


def _read(report: Path) -> Counter[tuple[str, str]]:
    errors = ET.parse(report).getroot().iter("error")
    return Counter((str(each.findtext("code")), str(each.findtext("details"))) for each in errors)


def _forbidden(found: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (code, words)
        for code, words in found
        if code not in _PERMITTED or _PERMITTED[code] not in words
    ]


class TestPreflight:
    @pytest.mark.parametrize("name", ["sealed", "settlement", "objection"])
    def test_finds_nothing_that_part_three_forbids(self, found, name):
        assert found[name]
        assert _forbidden(found[name]) == []

    @pytest.mark.parametrize(("name", "code"), [("no-metadata", "7.1"), ("no-font", "3.1.3")])
    def test_would_have_found_what_is_forbidden(self, found, name, code):
        assert code in {code for code, _ in _forbidden(found[name])}
