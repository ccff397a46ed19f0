"""Why a file cannot be taken as evidence, each with what to do instead.

The words here are read by a worried person on a phone, so each says what was found and one
thing that will work. When several apply, `inspect` raises them in the order of this module.
"""

from typing import ClassVar

from tideover.money import Refusal

_MEGABYTE = 1024 * 1024
#: What the reader calls an active part → the words for a person.
_ACTIVE_WORDS = {
    "EmbeddedFile": ("a file inside the file", "内嵌文件"),
    "FileAttachment": ("an attached file", "附件"),
    "GoToE": ("a jump into an attached file", "跳转到附件"),
    "ImportData": ("a data import", "自动导入数据"),
    "JS": ("a script", "脚本"),
    "JavaScript": ("a script", "脚本"),
    "Launch": ("a program start", "启动程序"),
    "OpenAction": ("an action on opening", "打开时自动执行的动作"),
    "RichMedia": ("a moving or sounding part", "多媒体内容"),
    "SubmitForm": ("a form that sends itself", "自动提交的表单"),
    "XFA": ("an interactive form", "交互式表单"),
    "archive": ("a hidden archive", "隐藏的压缩包"),
}


class FileRefused(Refusal):
    """A file cannot be taken as evidence; the subclasses say why."""

    code: ClassVar[str] = "file-refused"


class EmptyFile(FileRefused):
    """The file holds no bytes."""

    code: ClassVar[str] = "file-empty"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"“{name}” is empty (0 bytes); choose the file again or take a new photo",
            f"“{name}”是空文件（0 字节），请重新选择文件或重新拍照",
        )


class NoRoomLeft(FileRefused):
    """One person has sent as many bytes as are kept for one person."""

    code: ClassVar[str] = "file-no-room-left"

    def __init__(self, *, size: int, kept: int, limit: int) -> None:
        self.size, self.kept, self.limit = size, kept, limit
        super().__init__(
            f"the file has {_megabytes(size)}, your files so far {_megabytes(kept)}, and up to "
            f"{_megabytes(limit)} are kept for one person; take one away first, or send a photo "
            "of one page instead",
            f"这个文件有 {_megabytes(size)}，已上传的共 {_megabytes(kept)}，每人最多保存 "
            f"{_megabytes(limit)}；请先删去一份，或只拍需要的那一页",
        )


class TooLarge(FileRefused):
    """The file holds more bytes than an upload may."""

    code: ClassVar[str] = "file-too-large"

    def __init__(self, *, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(
            f"the file has {_megabytes(size)} and one file may have up to {_megabytes(limit)}; "
            "send it in parts, or take a photo of each page",
            f"文件大小为 {_megabytes(size)}，每个文件不能超过 {_megabytes(limit)}；"
            "请分几次上传，或逐页拍照",
        )


class NotWhatItSays(FileRefused):
    """The ending of the name promises one kind of file and the bytes are another."""

    code: ClassVar[str] = "file-not-what-it-says"

    def __init__(self, name: str, *, claimed: str, found: tuple[str, str]) -> None:
        self.name = name
        self.claimed = claimed
        self.found = found[0]
        super().__init__(
            f"“{name}” is named as {claimed} but its content is {found[0]}; "
            "choose the original photo or document and do not rename it",
            f"“{name}”的名称是 {claimed}，但内容是{found[1]}；请选择原始照片或文件，不要改名",
        )


class KindNotAccepted(FileRefused):
    """The file is what it says, and it is not a kind that can be looked at here."""

    code: ClassVar[str] = "file-kind-not-accepted"

    def __init__(self, name: str, *, found: tuple[str, str]) -> None:
        self.name = name
        self.found = found[0]
        super().__init__(
            f"“{name}” is {found[0]}, which cannot be taken; send a JPG, PNG or WebP picture "
            "or a PDF, or take a photo of the document",
            f"“{name}”是{found[1]}，暂时不能接收；请上传 JPG、PNG、WebP 图片或 PDF，也可以直接拍照",
        )


class EncryptedPdf(FileRefused):
    """The PDF is protected, so nobody here can see what it says."""

    code: ClassVar[str] = "file-encrypted"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"“{name}” is protected by a password or by editing limits; save a copy without "
            "protection, or send screenshots of its pages (never send us the password)",
            f"“{name}”有密码或编辑保护；请另存一份没有保护的 PDF，"
            "或上传页面截图（不要把密码发给我们）",
        )


class ActiveContent(FileRefused):
    """The file would do something when opened, or carries another file inside it."""

    code: ClassVar[str] = "file-active-content"

    def __init__(self, name: str, *, found: tuple[str, ...]) -> None:
        self.name = name
        self.found = found
        words = dict.fromkeys(_ACTIVE_WORDS.get(part, (part, part)) for part in found)
        super().__init__(
            f"“{name}” carries something that can act when it is opened "
            f"({', '.join(en for en, _ in words)}); print it to a new PDF, or take a photo of "
            "each page",
            f"“{name}”含有打开时会自动运行的内容或附带文件（{'、'.join(zh for _, zh in words)}）；"
            "请重新打印成 PDF，或逐页拍照上传",
        )


class TooManyPages(FileRefused):
    """The document has more pages than one file may."""

    code: ClassVar[str] = "file-too-many-pages"

    def __init__(self, name: str, *, pages: int, limit: int) -> None:
        self.name = name
        self.pages = pages
        self.limit = limit
        super().__init__(
            f"“{name}” has {pages} pages and one file may have up to {limit}; "
            "send only the pages that matter",
            f"“{name}”共 {pages} 页，每个文件最多 {limit} 页；请只上传需要的页",
        )


class PixelFlood(FileRefused):
    """The picture is so large when opened that it can only be a mistake or an attack."""

    code: ClassVar[str] = "file-pixel-flood"

    def __init__(self, name: str, *, width: int, height: int, limit: int) -> None:
        self.name = name
        self.pixels = width * height
        self.limit = limit
        super().__init__(
            f"“{name}” is {width} × {height} pixels and a picture may have up to "
            f"{limit // 1_000_000} million; take the photo again at the normal size",
            f"“{name}”有 {width} × {height} 像素，图片最多 {limit // 10_000} 万像素；"
            "请用普通尺寸重新拍照",
        )


class TooMuchToOpen(FileRefused):
    """Opening the file needs more memory or time than a document ever should."""

    code: ClassVar[str] = "file-too-much-to-open"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"“{name}” unpacks into far more than a document should; print it to a new PDF, or "
            "take a photo of each page",
            f"“{name}”展开后的内容远超正常文件；请重新打印成 PDF，或逐页拍照上传",
        )


class UnreadableFile(FileRefused):
    """The file is damaged or cut off: it starts like its kind and cannot be decoded."""

    code: ClassVar[str] = "file-unreadable"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"“{name}” cannot be opened: it is damaged or only part of it arrived; "
            "send it again, or take a new photo",
            f"“{name}”打不开，文件可能已损坏或没有传完；请重新上传或重新拍照",
        )


class NoSuchPage(FileRefused):
    """A page was asked for that the document does not have."""

    code: ClassVar[str] = "file-no-such-page"

    def __init__(self, name: str, *, pages: int) -> None:
        self.name = name
        self.pages = pages
        super().__init__(
            f"“{name}” has {pages} pages; ask for one from 1 to {pages}",
            f"“{name}”共 {pages} 页，请选择第 1 到 {pages} 页",
        )


def _megabytes(size: int) -> str:
    """Return `size` in MB with one decimal, rounded up so that 20 MB and one byte is not 20.0."""
    tenths = -(-size * 10 // _MEGABYTE)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth} MB" if tenth else f"{whole} MB"
