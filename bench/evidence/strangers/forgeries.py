"""Ways to forge that a stranger would try, each on a fresh paper: `None` where it does not fit."""

from collections.abc import Callable
from random import Random

from bench.evidence.strangers import retouching, rewriting, stories
from bench.evidence.strangers.files import APP, PDF, PHOTO, SCAN, SCANNED_PDF, SCREEN, File
from bench.evidence.strangers.papers import Paper

Way = Callable[[Paper, Random, str], File | None]


def _pixel(change: retouching.Change) -> Way:
    def way(made: Paper, seed: Random, medium: str) -> File | None:
        return retouching.worked_on(change, made, seed, medium)

    return way


_ALL = (PHOTO, SCAN, APP, PDF, SCANNED_PDF, SCREEN)
#: Each way with the media it is tried in.
WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "name not of the case": (stories.name_not_of_the_case, _ALL),
    "identity number not of the case": (stories.id_not_of_the_case, _ALL),
    "identity number with a wrong check digit": (stories.id_with_wrong_check, _ALL),
    "dated ahead": (stories.dated_ahead, _ALL),
    "dated long ago": (stories.dated_long_ago, _ALL),
    "ends before it begins": (stories.ends_too_soon, _ALL),
    "total raised": (stories.total_raised, _ALL),
    "balance raised": (stories.balance_raised, _ALL),
    "digit copied over another": (_pixel(retouching.digit_moved), (SCAN,)),
    "value copied from another line": (_pixel(retouching.value_moved), (SCAN, SCREEN)),
    "digit typed in another font": (_pixel(retouching.digit_retyped), (SCAN,)),
    "whited out and typed over": (_pixel(retouching.whited_out), (SCAN,)),
    "piece of another JPEG": (_pixel(retouching.pasted_in), (SCAN,)),
    "blurred and typed over": (_pixel(retouching.blurred_in), (SCAN,)),
    "healed and typed over": (_pixel(retouching.healed), (SCAN,)),
    "saved by a picture editor": (retouching.photoshopped, (PHOTO, SCAN)),
    "PDF saved with more on it": (rewriting.saved_with_more, (PDF,)),
    "PDF rewritten by an editor": (rewriting.rewritten, (PDF,)),
    "PDF value in another font": (rewriting.set_in_another_font, (PDF,)),
    "PDF text differs from its picture": (rewriting.two_texts, (SCANNED_PDF,)),
}
