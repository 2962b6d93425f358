"""Edits that change how a text is set, and leave its words as they are."""

from __future__ import annotations

import re
from random import Random

from detector.attacks.sampling import one, replace, some
from detector.batchtext import Batch

# Letters of Cyrillic and Greek that print like Latin ones; those that RAID uses.
_LOOKALIKES = {
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421",
    "E": "\u0415\u0395",
    "H": "\u041d\u0397",
    "I": "\u0406\u0399",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c",
    "N": "\u039d",
    "O": "\u041e\u039f",
    "P": "\u0420\u03a1",
    "T": "\u0422\u03a4",
    "X": "\u0425\u03a7",
    "Z": "\u0396",
    "a": "\u0430",
    "c": "\u0441",
    "e": "\u0435",
    "i": "\u0456",
    "o": "\u043e",
    "p": "\u0440",
    "x": "\u0445",
    "y": "\u0443",
}
_INITIALS = re.compile(r"(?<![^\W_])(?<![^\W_]['\u2019])[^\W\d_]")
_STOPS = re.compile(r"(?<=[^\s.,;:!?])[.,;:!?](?=\s|$)")
_QUOTES = re.compile("[\"'\u2018\u2019\u201c\u201d]")
_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
_OPENING, _CLOSING = {'"': "\u201c", "'": "\u2018"}, {'"': "\u201d", "'": "\u2019"}


def homoglyph(text: str, rng: Random) -> str:
    r"""Every letter with a lookalike in Cyrillic or Greek is replaced by it.

    RAID, "homoglyph", rate 1.0.

    >>> ascii(homoglyph("Bad day", Random(0)))
    "'\\u0392\\u0430d d\\u0430\\u0443'"
    """
    return "".join(one(_LOOKALIKES[letter], rng) if letter in _LOOKALIKES else letter for letter in text)


def zero_width_space(text: str, rng: Random) -> str:
    """A zero-width space (U+200B) follows every character.

    RAID, "zero-width space", rate 1.0.

    >>> zero_width_space("No.", Random(0)) == "N\u200bo\u200b.\u200b"
    True
    """
    return "".join(character + "\u200b" for character in text)


def white_space(text: str, rng: Random) -> str:
    """Spaces are doubled, or more: a fifth as many as there are words are added after words drawn with replacement.

    RAID, "whitespace", rate 0.2.

    >>> white_space("One two three four five six.", Random(5)).split(" ")
    ['One', 'two', 'three', 'four', '', 'five', 'six.']
    """
    words = text.split(" ")
    for _ in range(int(0.2 * len(words))):
        words[int(len(words) * rng.random())] += " "
    return " ".join(words)


def upper_lower_swap(text: str, rng: Random) -> str:
    """The first letter of one word in twenty changes its case.

    RAID, "upper-lower swap", rate 0.05.  It counts as an edit of format: a reader sees every word as it was.

    >>> upper_lower_swap("One two three four five six " * 4, Random(1))
    'One two three four five six One two three four five six One Two three four five six One two three four five six '
    """
    chosen = some(list(_INITIALS.finditer(text)), 0.05, rng)
    return replace(text, [(match.span(), match[0].swapcase()) for match in chosen])


def paragraph_insertion(text: str, rng: Random) -> str:
    r"""An empty line comes between half of the neighbouring sentences.

    RAID, "insert paragraphs", rate 0.5.  Sentences are those that the library finds.

    >>> paragraph_insertion("It rained. We left. Nobody saw us.", Random(0))
    'It rained. We left. \n\nNobody saw us.'
    """
    batch = Batch.from_texts([text])
    starts, _ = batch.spans(batch.sentence_first, batch.sentence_last)
    return replace(text, [((at, at), "\n\n") for at in some(starts[1:].tolist(), 0.5, rng)])


def spaced_punctuation(text: str, rng: Random) -> str:
    """From half-way on, a space stands before each mark that ends a word.

    An edit of our own, rate 1.0 in the second half of the characters.  It begins half-way because that is what is met
    in machine articles that were put through a tool; marks spaced throughout are those of a tokenised file.

    >>> spaced_punctuation("It rained, and we left. Later, it cleared, at 3.5 degrees.", Random(0))
    'It rained, and we left. Later , it cleared , at 3.5 degrees .'
    """
    # Marks behind the middle only: a look-behind works across `pos`, so no mark changes its neighbour.
    matches = _STOPS.finditer(text, len(text) // 2)
    return replace(text, [((match.start(), match.start()), " ") for match in matches])


def quote_mixing(text: str, rng: Random) -> str:
    r"""Half of the quotation marks and apostrophes change from straight to curly or from curly to straight.

    An edit of our own, rate 0.5.

    >>> quote_mixing('"We can\'t," she said.', Random(0))
    '"We can\'t,” she said.'
    """
    chosen = some(list(_QUOTES.finditer(text)), 0.5, rng)
    return replace(text, [(match.span(), _other_style(text, match.start())) for match in chosen])


def _other_style(text: str, at: int) -> str:
    if text[at] in _STRAIGHT:
        return _STRAIGHT[text[at]]
    opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "([-\u2013\u2014"
    return (_OPENING if opens else _CLOSING)[text[at]]
