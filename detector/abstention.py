"""When no verdict is given, and why: a score outside what was calibrated would be a guess.

Evidence is shown all the same; an abstention only takes p-value and tier away.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.reference import SHORTEST

FUNCTION_SHARE = 0.25
"""Share of English function words among the words below which a text is no English prose.

Of 5,312 human news articles of 80 words or more (at most 400 a source) 0.3 % lie below it, of 5,688 machine articles
0.5 %, of 400 in Nigerian Pidgin 69 %; the medians are 0.45, 0.44 and 0.23.
"""

SIGN_SHARE = 0.45
"""Share of numbers and punctuation marks among the tokens above which a text is a table, a list or code.

None of the same human news articles lies above it; their median is 0.14.
"""


def reasons(batch: Batch) -> list[str | None]:
    """Why each article gets no verdict, None where it does.

    >>> reasons(Batch.from_texts(["", "Four words of text."]))
    ['empty', 'too short: 4 words, 80 are needed']
    """
    words = batch.words
    function, letters = batch.count(batch.is_listed("function_words")), batch.count(batch.is_word)
    tokens = np.diff(batch.bounds) - 1  # without the EDGE, which is no sign either
    signs, foreign = tokens - letters > SIGN_SHARE * tokens, function < FUNCTION_SHARE * words
    result: list[str | None] = [None] * batch.size
    for row in np.flatnonzero((letters == 0) | (words < SHORTEST) | signs | foreign).tolist():
        if tokens[row] == 0:
            result[row] = "empty"
        elif letters[row] == 0:
            result[row] = "not prose: no letters"
        elif words[row] < SHORTEST:
            result[row] = f"too short: {words[row]} words, {SHORTEST} are needed"
        elif signs[row]:
            result[row] = "not prose: mostly numbers and marks"
        else:
            result[row] = "not English: too few English function words"
    return result
