"""Amounts: numbers in figures and words with their scale and unit, as the checks of quantities read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detector.consistency.article import Article
from detector.patterns import Pattern

_ONES = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: n for n, word in enumerate(f"zero {_ONES} {_TEENS}".split())}
NUMBER_WORDS |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "m": 1e6, "mln": 1e6, "million": 1e6}
_SCALES |= {"bn": 1e9, "bln": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12}
_UNITS = {"percent": "%", "per cent": "%", "pct": "%", "%": "%", "dollars": "$", "dollar": "$", "dlrs": "$"}
_UNITS |= {"pounds": "£", "pound": "£", "stg": "£", "euros": "€", "euro": "€", "cents": "c", "cts": "c", "pence": "p"}
_BELOW_100 = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|zero|{_ONES}|{_TEENS})".replace(" ", "|").replace("[-|]", "[- ]")
_AMOUNT = Pattern(
    r"(?<![\w.,:/+$£€-])(?P<sign>(?:US|AU?|C|NZ|HK|S)?[$£€])?"
    r"(?:(?P<figure>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    rf"|(?P<word>{_BELOW_100}(?: hundred(?! (?:thousand|million))(?: and {_BELOW_100})?)?))"
    r"(?:(?P<short>k|m|bn|tn)|[ -](?P<scale>hundred|thousand|million|mln|billion|bln|bn|trillion))?"
    r"(?!\w|[,.:/][0-9]|-[0-9]|[- ](?:thirds?|quarters?|fifths?|tenths?|half|halves)\b)"
    r"(?:[ -]?(?P<unit>%|percent|per cent|pct|dollars?|dlrs|pounds?|stg|euros?|cents|cts|pence)(?!\w))?",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """A number of a text: its place, its value, half of its last digit, the scale that is written out, and its unit."""

    start: int
    end: int
    value: float
    half: float
    scale: float
    unit: str

    @property
    def is_year(self) -> bool:
        """True for a bare figure that may be a year."""
        return self.is_count and 1500 <= self.value < 2100 and self.end - self.start == 4

    @property
    def is_count(self) -> bool:
        """True for a whole number without scale and unit."""
        return self.half == 0.5 and self.scale == 1 and not self.unit

    def times(self, scale: float) -> Amount:
        """The same amount with a scale that was written at another."""
        return self._replace(value=self.value * scale, half=self.half * scale, scale=scale)


def read(text: str, at: int, end: int) -> Amount | None:
    """The amount that begins at a place, if one does."""
    found = _AMOUNT.match(text, at, end)
    return _amount(found) if found else None


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Every amount between two places.

    >>> [(a.value, a.unit) for a in amounts("$2.5 million, or fifty-five per cent of 1,200", 0, 45)]
    [(2500000.0, '$'), (55.0, '%'), (1200.0, '')]
    """
    yield from map(_amount, _AMOUNT.finditer(text, start, end))


def last_amount(text: str, start: int, end: int) -> Amount | None:
    """The last amount between two places, if there is one."""
    return next(iter([*amounts(text, start, end)][-1:]), None)


def ending_at(text: str, end: int) -> Amount | None:
    """The amount that ends at a place, if one does."""
    begin = max(0, end - 40)
    last = last_amount(text, text.find(" ", begin, end) + 1 if begin else 0, end)
    return last if last and last.end == end else None


def _amount(found: re.Match[str]) -> Amount:
    figure, scale_word = found["figure"], found["short"] or found["scale"]
    if figure:
        value, half = float(figure.replace(",", "")), 0.5 / 10 ** len(figure.partition(".")[2])
    else:
        value, half = _worded(found["word"].lower()), 0.5
    scale = _SCALES[scale_word.lower()] if scale_word else 1.0
    unit = found["sign"] or _UNITS.get((found["unit"] or "").lower(), "")
    return Amount(found.start(), found.end(), value * scale, half * scale, scale, unit)


def _worded(words: str) -> float:
    high, hundred, low = words.partition(" hundred")
    one, other = (sum(NUMBER_WORDS.get(word, 0) for word in re.split("[- ]", part)) for part in (high, low))
    return float(100 * one + other if hundred else one)


def places(text: str, *words: str) -> list[int]:
    """Where some words stand, in the order of the text."""
    found = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.add(at)
            at = text.find(word, at + 1)
    return sorted(found)


def near(article: Article, place: int) -> tuple[int, int]:
    """The sentence of a place, not more than 300 characters before and after it."""
    begin, stop = article.sentence_of(place)
    return max(begin, place - 300), min(stop, place + 300)


def flat(article: Article) -> str:
    """The finished sentences of a text on one line, with plain spaces and apostrophes; places are as in the text."""
    return article.keep(_flat)


def _flat(article: Article) -> str:
    text = article.text[: article.end]
    for other, plain in _PLAIN:
        text = text.replace(other, plain)  # ten times as fast as str.translate
    return text


# What nobody sees joins the tokens beside it, as a letter would.
_PLAIN = (
    *((space, " ") for space in "\n\r\t\xa0"),
    ("’", "'"),
    ("—", "–"),
    *((unseen, "_") for unseen in "\xad\u200b\u2060\ufeff"),
)
