"""Was the file changed after it was made? Traces become findings; none is a verdict."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tideover.evidence.checks.findings import Finding, Weight, told
from tideover.evidence.reading import Where

#: Programs made to change pictures or pages, not to scan, write or print them.
_EDITORS = re.compile(
    r"photoshop|gimp|lightroom|illustrator|coreldraw|paint\.net|pixlr|picsart|snapseed|affinity|"
    r"inkscape|canva|meitu|美图|醒图|天天p图|facetune|pdfelement|pdf-xchange editor|foxit.*editor|"
    r"sejda|pdfescape|pdf ?editor|photopea|acorn|luminar|krita|fotor|beautycam|轻颜|photoscape",
    re.IGNORECASE,
)
_ORIGINAL = told(
    "Ask for the original file or a fresh photo of the paper, and ask the issuer.",
    "请对方提供原始文件或重新拍摄纸质原件，并向开具单位核实。",
)
_WORDS = {
    "hidden": (
        "painted-over",
        told(
            "Text of the page is hidden under a patch painted later.",
            "页面上有文字被后来加上的色块遮住。",
        ),
        950,
    ),
    "layers": (
        "text-behind-differs",
        told(
            "The text behind the picture of this page says another number than the picture.",
            "此页图片背后的文字与图片上的数字不同。",
        ),
        800,
    ),
    "font": (
        "other-font",
        told(
            "These letters are in a font that the rest of the page does not use.",
            "此处文字的字体与页面其余部分不同。",
        ),
        700,
    ),
    "smooth": (
        "pasted-part",
        told(
            "This part lacks the fine grain that the rest of the picture has.",
            "此处没有图片其余部分都有的细微颗粒。",
        ),
        750,
    ),
    "whiter": (
        "pasted-part",
        told(
            "The paper between these letters is whiter than on the rest of the picture.",
            "此处文字之间的纸面比图片其余部分更白。",
        ),
        700,
    ),
    "coarse": (
        "pasted-part",
        told(
            "This part has a coarser grain than the rest of the picture.",
            "此处的颗粒比图片其余部分粗。",
        ),
        650,
    ),
    "copied": (
        "copied-part",
        told(
            "This part has the very grain of another part of the picture.",
            "此处的颗粒与图片另一处完全相同。",
        ),
        850,
    ),
    "ghost": (
        "saved-differently",
        told(
            "This part was compressed differently from the rest of the picture.",
            "此处的压缩痕迹与图片其余部分不同。",
        ),
        700,
    ),
}


def edits(traces: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what the traces of a file say about its being changed."""
    yield from _saved_again(traces)
    for maker in traces.get("makers", ()):
        if _EDITORS.search(maker):
            yield Finding(
                "editing-program",
                Weight.EDITED,
                told(
                    f"The file says that it was saved by {maker}.", f"文件信息显示由 {maker} 保存。"
                ),
                _ORIGINAL,
                800,
            )
            break
    for part in traces.get("parts", ())[:12]:
        code, why, sure = _WORDS[part["how"]]
        where = Where(part["page"], *part["where"])
        yield Finding(code, Weight.EDITED, why, _ORIGINAL, sure, where)


def _saved_again(traces: Mapping[str, Any]) -> Iterator[Finding]:
    changed = traces.get("changed")
    if changed is not None:
        where = Where(changed["page"], *changed.get("where", (0, 0, 1000, 1000)))
        was, now = changed["was"] or "…", changed["is"] or "…"
        yield Finding(
            "changed-after-saving",
            Weight.EDITED,
            told(
                f"An earlier state of the file said “{was}” where it now says “{now}”.",
                f"文件的早期版本写的是“{was}”，现在是“{now}”。",
            ),
            _ORIGINAL,
            970,
            where,
        )
    elif traces.get("revisions"):
        yield Finding(
            "saved-again",
            Weight.NOTE,
            told(
                "The file was saved again without a change to what its pages show.",
                "文件曾再次保存，但页面内容没有变化。",
            ),
            told("Nothing needs to be done.", "无需处理。"),
            1000,
        )
