"""Repetition: the same words, phrases and sentences over again, and how much the article goes on to add.

Reviewers of machine-run news sites name repeated phrases first (NewsGuard 2023), and Holtzman et al. 2020 ("The curious
case of neural text degeneration") measured them.  Long articles repeat more by nature, so each feature looks back over
a fixed stretch only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detector.batchtext import Batch, kept
from detector.families.measure import (
    Family,
    Later,
    Measured,
    Ranges,
    divide,
    per,
    per_100_words,
    per_sentence,
    show,
    sums,
)
from detector.families.returns import (
    carries,
    content_words,
    earlier,
    earlier_content,
    recurs,
    returns,
    runs,
    together,
)
from detector.tokens import distinct

RETURNS = ("in_sentence", "in_next", "within_20", "within_40", "names")
_BACK = 200  # tokens over which a repeated phrase is looked for
_NEAR, _FAR = 20, 40  # content words
_ALIKE = 0.5  # share of content words that makes two sentences near duplicates
_FEWEST = 5  # content words in a sentence that can be one
_APART = 6  # sentences in an article
_SENTENCES = 8  # over which a repeated opening is looked for


def _repeated_runs(batch: Batch, length: int) -> Measured:
    """Runs of words that stood within the last _BACK tokens, per 100 words."""
    first, keys = runs(batch, length)
    before = earlier(batch, first, keys)
    hit = (before >= 0) & (first - first[before] <= _BACK)
    return per_100_words(batch, first[hit], first[hit] + length)


def repeated_threes(batch: Batch) -> Measured:
    """Three words in a row that stood in the same order shortly before.

    >>> show(repeated_threes, "The old bell rang. Nobody heard the old bell.")
    (11.11, ['the old bell'])
    """
    return _repeated_runs(batch, 3)


def repeated_fours(batch: Batch) -> Measured:
    """Four words in a row that stood in the same order shortly before.

    >>> show(repeated_fours, "The old bell rang. He said the old bell rang.")
    (10.0, ['the old bell rang'])
    """
    return _repeated_runs(batch, 4)


def repeated_pairs(batch: Batch) -> Measured:
    """A pair of content words, no names, that stood together shortly before.

    >>> show(repeated_pairs, "A cracked bell rang. Nobody mends a cracked bell.")
    (11.11, ['cracked bell'])
    """
    plain = carries(batch) & ~batch.is_name
    return _pairs_again(batch, np.flatnonzero(plain[:-1] & plain[1:]))


def full_names_again(batch: Batch) -> Measured:
    """A name given in full once more, where news style would go on with the surname.

    Associated Press Stylebook, "names": full name on first reference, surname afterwards.

    >>> show(full_names_again, "Oddny Tveit sang. The town heard Oddny Tveit.")
    (12.5, ['Oddny Tveit'])
    """
    name = batch.names[batch.length.take(batch.names) > 1]
    return _pairs_again(batch, name[:-1][np.diff(name) == 1])


def _pairs_again(batch: Batch, first: np.ndarray) -> Measured:
    """Pairs of words that stood within the last _BACK tokens, per 100 words."""
    first = first[recurs(batch)[first] & recurs(batch)[first + 1]]
    keys = batch.hash[first] * np.uint32(0x2545F491) ^ batch.hash[first + 1]
    before = earlier(batch, first, keys)
    hit = (before >= 0) & (first - first[before] <= _BACK)
    return per_100_words(batch, first[hit], first[hit] + 2)


class _Carried(NamedTuple):
    """Content words and where each stood before; arrays are (C,) but for `in_article`."""

    at: np.ndarray  # token
    in_article: np.ndarray  # (N,) how many each article has
    place: np.ndarray  # content words before it in the article
    before: np.ndarray  # index in `at` of the same word's last place, -1 for none
    seen: np.ndarray  # bool: there is one
    back: np.ndarray  # how many content words ago


@kept
def _carried(batch: Batch) -> _Carried:
    at = content_words(batch)
    count = batch.count(carries(batch))
    index = np.arange(len(at))
    before = earlier_content(batch)
    place = index - np.repeat(np.cumsum(count) - count, count)
    return _Carried(at, count, place, before, before >= 0, index - before)


def returning_words(batch: Batch) -> Measured:
    """A content word that comes back: in the same sentence, in the next one, within twenty or forty content words.

    A share of the content words that have as much before them.  `names` is the share within forty among names alone.
    Halliday & Hasan 1976, "Cohesion in English", call it reiteration.

    >>> show(returning_words, "The old bell rang. The bell of the bell tower fell.")
    ([0.14, 0.25, 0.0, 0.0, 0.0], ['bell', 'bell'])
    """
    found = _carried(batch)
    sentence, name = batch.sentence.take(found.at), batch.is_name.take(found.at)
    apart = np.where(found.seen, sentence - sentence.take(found.before), -1)
    later = sentence > np.repeat(np.cumsum(batch.sentences) - batch.sentences, found.in_article)
    late = found.place >= _FAR
    near, far = (found.seen & (found.back <= reach) & (found.place >= reach) for reach in (_NEAR, _FAR))
    hits = (apart == 0, apart == 1, near, far, far & name)
    among = (sentence >= 0, later, found.place >= _NEAR, late, late & name)
    value = np.stack([_share(found.in_article, *pair) for pair in zip(among, hits, strict=True)], axis=1)

    def ranges() -> Ranges:
        column, place = np.nonzero(np.stack(hits))
        first = found.at[place]
        return first, first + 1, np.ones(len(place)), column

    return Later(value, ranges)


def fading(batch: Batch) -> Measured:
    """A content word of the last third that stood shortly before: the article adds less than its middle third did.

    >>> show(fading, "Bell. Plum. Town. Oven. Road. Road.")
    (0.5, ['Road'])
    """
    found = _carried(batch)
    third = 3 * found.place // np.repeat(found.in_article, found.in_article)
    again = found.seen & (found.back <= _FAR)
    shares = [_share(found.in_article, third == k, again & (third == k)) for k in (2, 1)]
    late = found.at[again & (third == 2)]
    return Measured(shares[0] - shares[1], late, late + 1, np.ones(len(late)))


def _share(count: np.ndarray, among: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """(N,) how many of an article's `count` content words that are in the mask `among` are in the mask `hits`."""
    return divide(sums(hits, count), sums(among, count))


def near_duplicate_sentences(batch: Batch) -> Measured:
    """A sentence that shares half of its content words or more with one earlier sentence.

    >>> show(near_duplicate_sentences, "Big cracked bells ring every noon here. Big cracked bells ring at noon today.")
    (0.5, ['Big cracked bells ring at noon today.'])
    """
    found = _carried(batch)
    of = batch.sentence.take(found.at)
    size = np.bincount(of, minlength=len(batch.sentence_first))
    hit = np.flatnonzero(found.seen)
    sentence, source = of.take(hit), of.take(found.before.take(hit))
    apart = sentence != source
    # Only a sentence that shares half of its words with all earlier ones can share them with a single one.
    shares = np.bincount(sentence[apart], minlength=len(size)) >= _ALIKE * size
    use = np.flatnonzero(apart & (shares & (size >= _FEWEST)).take(sentence))
    sentence, source = sentence[use], source[use]
    pair, shared = np.unique(sentence * len(size) + source, return_counts=True)
    sentence = pair // max(len(size), 1)
    alike = distinct(sentence[shared >= _ALIKE * size[sentence]])
    return per_sentence(batch, batch.sentence_first[alike], batch.sentence_last[alike])


def recycled_rare_words(batch: Batch) -> Measured:
    """A rare word that comes back shortly after (share of the rare words).

    >>> show(recycled_rare_words, "The crumhorn played. A crumhorn squawked.")
    (0.33, ['crumhorn'])
    """
    rare = np.flatnonzero(batch.is_word & ~batch.is_listed("common") & (batch.case == 0))
    units = np.bincount(batch.article[rare], minlength=batch.size)
    rare = rare[recurs(batch)[rare]]
    again, gap = returns(batch, rare, earlier(batch, rare, batch.hash[rare]))
    return per(batch, units, again[gap <= _BACK])


def same_two_word_opening(batch: Batch) -> Measured:
    """A sentence that opens with the same two words as one of the eight before it.

    >>> show(same_two_word_opening, "The bell rang. Nobody slept. The bell fell.")
    (0.33, ['The bell'])
    """
    first = np.flatnonzero(batch.opens_sentence[:-1] & (batch.kind[1:] != 2))
    keys = batch.hash[first] * np.uint32(0x2545F491) ^ batch.hash[first + 1]
    before = earlier(batch, first, keys)
    hit = first[(before >= 0) & (batch.sentence[first] - batch.sentence[first[before]] <= _SENTENCES)]
    return per_sentence(batch, hit, hit + 2)


def closing_echo(batch: Batch) -> Measured:
    """A content word of the last two sentences that stood in the first three: the end repeats the beginning.

    Only articles of six sentences or more have an end that is apart from the beginning.

    >>> show(closing_echo, "Bells rang. We ate. It rained. We slept. He left. It snowed. We wept. Bells fell.")
    (0.33, ['Bells'])
    """
    place, count = batch.sentence_place, batch.sentences[batch.sentence_article]
    opening, end = (count >= _APART) & (place < 3), (count >= _APART) & (place >= count - 2)
    at = content_words(batch)
    at = at[(opening | end)[batch.sentence[at]]]
    closing = end[batch.sentence[at]]
    order, first = together(batch, at)
    # In the order of the text: a word was in the opening if its first place was.
    opened = np.repeat(~closing[order[first]], np.diff(first, append=len(order)))
    seen = np.sort(order[opened & closing[order]])
    return per(batch, np.bincount(batch.article[at[closing]], minlength=batch.size), at[seen])


FAMILY = Family(
    "repetition",
    "The same words, phrases and sentences over again, and how much the article goes on to add.",
    (
        repeated_threes,
        repeated_fours,
        repeated_pairs,
        full_names_again,
        returning_words,
        fading,
        near_duplicate_sentences,
        recycled_rare_words,
        same_two_word_opening,
        closing_echo,
    ),
    tables={"returning_words": RETURNS},
)

__all__ = ["FAMILY", "show"]
