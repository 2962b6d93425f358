"""Folds that keep sources and groups together, and scores by experts that have not seen an article's fold."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article

from detector.cleaning import join_duplicates
from detector.corpora import Corpus
from detector.crossfit import ExpertPlan, TrainingSet, assign_folds, by_source, fit_all, held_out_sums, source_weights
from detector.designmatrix import design
from detector.families import FEATURE_NAMES
from detector.fitting import Scaling

OUTLETS = tuple("ABCDEFG")
PLANS = [ExpertPlan("all", "", None, 0.5), ExpertPlan("chat", "", ("chat",), 0.5)]


def corpus_of(rows, texts=None):
    """A corpus of rows (source, label, group)."""
    sources, labels, groups = zip(*rows, strict=True)
    none = [""] * len(rows)
    texts = none if texts is None else texts
    ids = [str(number) for number in range(len(rows))]
    return Corpus(ids, texts, np.array(labels, np.int8), list(sources), none, none, none, list(groups))


def paired(outlets=OUTLETS, each=12):
    """Human articles of several outlets, each with a machine's rewrite in its group, and machine articles alone."""
    rows = [(outlet, label, f"{outlet}{n}") for outlet in outlets for n in range(each) for label in (0, 1)]
    return corpus_of(rows + [("newsroom", 1, f"site{n}") for n in range(each)])


def folds_of(names, folds, chosen=None):
    """The folds in which each name stands."""
    chosen = np.ones(len(folds), bool) if chosen is None else chosen
    return {name: set(folds[[n == name for n in names] & chosen].tolist()) for name in set(names)}


def test_a_human_source_stands_in_one_fold_with_all_that_was_made_from_it():
    corpus = paired()
    folds = assign_folds(corpus, 3)
    assert set(folds.tolist()) == {0, 1, 2}
    assert all(len(found) == 1 for found in folds_of(corpus.groups, folds).values())
    by_outlet = folds_of(corpus.sources, folds)
    assert all(len(by_outlet[outlet]) == 1 for outlet in OUTLETS)
    assert len(by_outlet["newsroom"]) > 1  # machines alone are spread by their groups


def test_folds_are_of_about_equal_size():
    corpus = corpus_of([(outlet, 0, f"{outlet}{n}") for outlet, size in zip("ABCDE", (90, 50, 40, 30, 20), strict=True)
                        for n in range(size)])  # fmt: skip
    assert sorted(np.bincount(assign_folds(corpus, 3)).tolist()) == [70, 70, 90]


def test_a_group_of_several_sources_is_not_split():
    # The last article of every outlet was also printed by the next one.
    rows = [(outlet, 0, f"{outlet}{n}") for outlet in OUTLETS for n in range(10)]
    rows += [(outlet, 0, f"{before}9") for before, outlet in pairwise(OUTLETS)]
    folds = assign_folds(corpus_of(rows), 5)
    assert all(len(found) == 1 for found in folds_of([group for _, _, group in rows], folds).values())
    alone = np.arange(len(rows)) < 70
    assert all(len(found) == 1 for found in folds_of([source for source, _, _ in rows], folds, alone).values())


def test_near_duplicates_under_different_groups_are_not_split():
    texts = [article(seed, PLAIN, 12) for seed in range(30)]
    rows = [(OUTLETS[n % 5], 0, str(n)) for n in range(30)] + [("newsroom", 1, f"new{n}") for n in range(30)]
    rewritten = [text.rsplit(".", 2)[0] + ". And so it went on." for text in texts]
    corpus, counts = join_duplicates(corpus_of(rows, texts + rewritten))
    assert counts["joined"] >= 30
    folds = assign_folds(corpus, 5)
    np.testing.assert_array_equal(folds[:30], folds[30:])


@given(st.lists(st.tuples(st.sampled_from(OUTLETS), st.integers(0, 1), st.sampled_from("abcdefghij")), min_size=1))
def test_no_group_is_ever_split(rows):
    for count in (2, 5):
        folds = assign_folds(corpus_of(rows), count)
        assert ((folds >= 0) & (folds < count)).all()
        assert all(len(found) == 1 for found in folds_of([group for _, _, group in rows], folds).values())


def test_fewer_sources_than_folds_are_spread_by_group():
    corpus = paired(("A", "B"), 60)
    folds = assign_folds(corpus, 5)
    assert set(folds.tolist()) == set(range(5))
    assert all(len(found) == 1 for found in folds_of(corpus.groups, folds).values())


def test_folds_depend_on_names_and_not_on_the_order():
    corpus = paired()
    order = np.random.default_rng(0).permutation(len(corpus))
    np.testing.assert_array_equal(assign_folds(corpus.select(order), 3), assign_folds(corpus, 3)[order])


def test_a_source_counts_as_the_root_of_its_size():
    corpus = corpus_of([("large", 0, "")] * 100 + [("small", 0, "")] * 4 + [("large", 1, "")] * 9)
    weight = source_weights(corpus, np.ones(113))
    assert [weight[:100].sum(), weight[100:104].sum(), weight[104:].sum()] == pytest.approx([10, 2, 3])
    np.testing.assert_allclose(source_weights(corpus, np.full(113, 2.0)), 2 * weight)


def test_rows_by_source():
    assert {name: rows.tolist() for name, rows in by_source(["b", "a", "b"]).items()} == {"a": [1], "b": [0, 2]}


@pytest.fixture(scope="module")
def given_set():
    """Sixty articles of two styles, whose machines are of two families."""
    y = np.arange(60) % 2
    rows = design([article(seed, PUFFED if seed % 2 else PLAIN) for seed in range(60)])
    families = np.where(y == 0, "", np.where(np.arange(60) < 30, "chat", "today"))
    return TrainingSet(rows, Scaling.of(rows), y, families, np.ones(60), np.zeros(len(FEATURE_NAMES), bool), 0.002)


def test_scores_come_from_experts_that_saw_other_folds_only(given_set):
    folds = np.arange(60) // 2 % 3
    fitted = fit_all(PLANS, given_set, folds, None)
    assert set(fitted) == {(plan.name, fold) for plan in PLANS for fold in (-1, 0, 1, 2)}
    sums = held_out_sums(PLANS, fitted, given_set.rows, given_set.scaling.knots, folds)
    # Other labels in fold 1 change the scores of the other folds and leave its own as they were.
    other = replace(given_set, y=np.where(folds == 1, 1 - given_set.y, given_set.y))
    changed = held_out_sums(PLANS, fit_all(PLANS, other, folds, None), other.rows, other.scaling.knots, folds)
    np.testing.assert_array_equal(changed[folds == 1], sums[folds == 1])
    assert (changed[folds != 1] != sums[folds != 1]).any(axis=0).all()


def test_an_expert_learns_from_its_own_machines(given_set):
    folds = np.zeros(60, int)
    folds[::4] = 1
    fitted = fit_all(PLANS, given_set, folds, None)
    without = given_set.rows.select(np.flatnonzero(given_set.families != "today"))
    rest = replace(
        given_set, rows=without, y=given_set.y[given_set.families != "today"], weight=np.ones(len(without.values)),
        families=given_set.families[given_set.families != "today"],
    )  # fmt: skip
    alone = fit_all(PLANS[1:], rest, folds[given_set.families != "today"], None)
    np.testing.assert_array_equal(alone["chat", -1].heights, fitted["chat", -1].heights)
    assert (fitted["all", -1].heights != fitted["chat", -1].heights).any()
