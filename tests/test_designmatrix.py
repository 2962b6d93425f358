"""What training measures of a text, and the random stretches that it is trained on."""

import numpy as np
import pytest
from invented import PLAIN, PUFFED, article, fitted

from detector.additive import Evidences
from detector.batchtext import Batch
from detector.designmatrix import BUCKETS, channel_columns, crops, design, draws
from detector.evaluation import panel_sums
from detector.families import FEATURE_NAMES
from detector.families.ngrams import BITS

SHORT = [article(seed, PLAIN, 4) for seed in range(5)]
LONG = [article(seed, PUFFED if seed % 2 else PLAIN, 60 + seed) for seed in range(150)]
STRANGE = ["", " \n", "word", "...", "\ud800\x00", "Prices rose. " * 40]


def sentence_words(text):
    return Batch.from_texts([text]).sentence_words


def test_columns_of_a_design():
    rows = design(LONG[:3] + STRANGE)
    assert rows.values.shape == (9, len(FEATURE_NAMES))
    assert rows.ngrams.shape == (9, BUCKETS)
    assert rows.words.tolist() == Batch.from_texts(LONG[:3] + STRANGE).words.tolist()


def test_shares_of_each_channel_sum_to_1_or_to_0_without_ngrams():
    shares = design(LONG[:3] + STRANGE).ngrams
    columns = np.zeros(BUCKETS, int)
    for channel in BITS:
        columns[channel_columns(channel)] += 1
        sums = np.asarray(shares[:, channel_columns(channel)].sum(axis=1)).ravel()
        np.testing.assert_allclose(sums, np.where(sums > 0, 1, 0), atol=1e-5)
        assert (sums[:3] > 0).all()
        assert (sums[3:5] == 0).all()
    assert (columns == 1).all()  # the channels share no column and leave none over


def test_no_texts_give_an_empty_design():
    rows = design([])
    assert (rows.values.shape, rows.ngrams.shape, len(rows.words)) == ((0, len(FEATURE_NAMES)), (0, BUCKETS), 0)


def test_a_design_does_not_depend_on_chunks_and_processes():
    texts = LONG + STRANGE
    alone, together = design(texts, 1), design(texts, 2)
    np.testing.assert_array_equal(alone.values, together.values)
    assert (alone.ngrams != together.ngrams).nnz == 0
    last = design(texts[-1:])
    np.testing.assert_array_equal(last.values[0], alone.values[-1])
    assert (last.ngrams != alone.ngrams[-1:]).nnz == 0


def test_measured_articles_score_what_their_texts_score():
    texts = LONG[:40] + SHORT + STRANGE
    panel = fitted().model_.panel
    evidences = Evidences.from_texts(texts)
    scored = panel.combine(evidences.values, panel.ngrams(evidences))
    np.testing.assert_allclose(panel_sums(panel, design(texts)), scored, atol=1e-5)


def test_crops_are_stretches_of_whole_sentences():
    for text, crop in zip(LONG, crops(LONG, 0), strict=True):
        at = text.find(crop)
        assert at >= 0
        whole, cut = sentence_words(text), sentence_words(crop)
        assert 40 <= cut.sum() < 450 + whole.max()
        first = np.flatnonzero(np.cumsum(whole) == whole.sum() - sentence_words(text[at:]).sum())
        begin = int(first[0]) + 1 if at else 0
        assert whole[begin : begin + len(cut)].tolist() == cut.tolist()


def test_crops_differ_in_length_and_place():
    cut = crops(LONG, 0)
    words = Batch.from_texts(cut).words
    assert words.min() < 120
    assert words.max() > 400
    begins = np.array([text.find(crop) / len(text) for text, crop in zip(LONG, cut, strict=True)])
    assert (begins == 0).mean() < 0.2
    assert begins.max() > 0.5


def test_crops_depend_on_the_seed_alone():
    assert crops(LONG, 3) == crops(LONG, 3)
    assert crops(LONG, 3) != crops(LONG, 4)


def test_experts_learn_from_a_plain_crop_and_another_one_edited():
    plain, learned = draws(LONG, 0)
    np.testing.assert_array_equal(plain.values, design(crops(LONG, 0)).values)
    other = design(crops(LONG, 1))
    changed = (other.values != learned.values).any(axis=1) | ((other.ngrams != learned.ngrams).sum(axis=1).A1 > 0)
    assert changed.mean() > 0.6  # some edits find nothing to do
    again = draws(LONG, 0)[1]
    np.testing.assert_array_equal(learned.values, again.values)
    assert (draws(LONG, 1)[1].values != learned.values).any()


@pytest.mark.parametrize("seed", range(3))
def test_short_texts_stay_whole(seed):
    assert crops(SHORT + STRANGE[:5], seed) == SHORT + STRANGE[:5]
