"""The same document, or nearly, in another case."""

from tideover.evidence.checks.findings import Finding, Weight, told
from tideover.evidence.likeness import Likeness


def duplicate(likeness: Likeness, *, case: str) -> Finding:
    """Return the finding that a document of another case is alike as `likeness` says."""
    same = likeness.same_file
    return Finding(
        "same-file-elsewhere" if same else "nearly-the-same-elsewhere",
        Weight.DUPLICATE,
        told(
            f"{'The same file' if same else 'Nearly the same document'} is in case {case}.",
            f"案件 {case} 中有{'同一份文件' if same else '几乎相同的材料'}。",
        ),
        told(
            "Compare both, and ask the issuer for whom it was issued; a household may share a "
            "document honestly.",
            "对比两份材料，并向开具单位核实是为谁开具的；同一家庭可能合用一份材料。",
        ),
        likeness.sure,
    )
