"""What a message speaks of: concepts, and which of them stand in one sentence.

Words change from scam to scam; what is asked for, by whom and under which story stays. A concept
is a list of the words in which people say a thing (concepts.yaml); the weights learned for pairs
of them carry to sentences that nobody has seen.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

from tideover.safety.scam.phrases import read_phrases

#: What is said in one sentence belongs together more closely than what is said in one message.
_ONE, _TOGETHER, _NEAR = "#", "##", "&"


def concepts_in(sentence: str) -> frozenset[str]:
    """Return the names of the concepts of one plain sentence."""
    return frozenset(name for name, words in _concepts().items() if words.search(sentence))


def concept_pieces(sentences: Iterable[str]) -> frozenset[str]:
    """Return what is weighed of the concepts of a message, given its plain sentences."""
    found: set[str] = set()
    whole: set[str] = set()
    for sentence in sentences:
        here = concepts_in(sentence)
        whole |= here
        found.update(f"{_NEAR}{one}+{other}" for one, other in combinations(sorted(here), 2))
    found.update(f"{_ONE}{name}" for name in whole)
    found.update(f"{_TOGETHER}{one}+{other}" for one, other in combinations(sorted(whole), 2))
    return frozenset(found)


@cache
def _concepts() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in read_phrases("concepts.yaml").items()}
