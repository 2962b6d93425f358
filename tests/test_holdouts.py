"""Which articles each kind of holdout tests, and that neither they nor their groups are trained on."""

import numpy as np
import pytest

from detector.corpora import Corpus
from detector.evaluation import holdouts
from detector.evaluation.generators import generation, generator_family
from detector.evaluation.holdouts import Holdout

ROWS = [
    # source, label, generator, attack, group
    ("gecscore", 0, "human", "none", "a"),
    ("gecscore", 1, "gpt-4o", "none", "a"),
    ("gecscore", 1, "claude-3.5-sonnet", "none", "b"),
    ("gecscore", 0, "human", "none", "b"),
    ("human_abc2006", 0, "human", "none", "c"),
    ("human_abc2006", 0, "human", "none", "d"),
    ("modern2026", 1, "frontier-llm-2026", "wire", "c"),
    ("modern2026", 1, "frontier-llm-2026", "promo", "d"),
    ("modern2026", 1, "frontier-llm-2026", "none", "d"),
    ("modern2026", 1, "frontier-llm-2026", "none", "e"),
    ("auto_newsrooms", 1, "Claude Opus 4.6", "none", "herald"),
    ("auto_newsrooms", 1, "GPT-4o", "none", "herald"),
    ("auto_newsrooms", 1, "mistral-7b", "none", "giornale"),
]


@pytest.fixture
def corpus():
    sources, labels, generators, attacks, groups = map(list, zip(*ROWS, strict=True))
    ids = [str(n) for n in range(len(ROWS))]
    return Corpus(ids, ids, np.array(labels, np.int8), sources, [""] * len(ROWS), generators, attacks, groups)


def out_of(holdout, corpus):
    return np.flatnonzero(holdout.rows(corpus)).tolist()


def trained(holdout, corpus):
    return np.flatnonzero(holdout.training_rows(corpus)).tolist()


@pytest.mark.parametrize(
    ("holdout", "test", "train"),
    [
        (Holdout("source", ("gecscore",)), [0, 1, 2, 3], list(range(4, 13))),
        # Article 5 and 8 are of the group of article 7.
        (Holdout("instruction", attacks=("promo",)), [7], [0, 1, 2, 3, 4, 6, 9, 10, 11, 12]),
        (Holdout("site", groups=("herald",)), [10, 11], [*range(10), 12]),
        # All articles of a group leave training, but only those of the family are tested.
        (Holdout("family", family="claude"), [2, 10], [0, 1, *range(4, 10), 12]),
        (Holdout("family", family="gpt-4"), [1, 11], [2, 3, *range(4, 10), 12]),
    ],
)
def test_articles_tested_and_trained_on(corpus, holdout, test, train):
    assert out_of(holdout, corpus) == test
    assert trained(holdout, corpus) == train


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("keep", [1, 2])
def test_a_few_articles_stay_and_share_no_group_with_the_tested(corpus, seed, keep):
    holdout = Holdout("few", ("modern2026",), keep=keep, seed=seed)
    test, train = out_of(holdout, corpus), trained(holdout, corpus)
    kept = [row for row in train if corpus.sources[row] == "modern2026"]
    assert len(kept) == keep
    assert test
    assert {corpus.sources[row] for row in test} == {"modern2026"}
    assert not {corpus.groups[row] for row in test} & {corpus.groups[row] for row in train}
    assert out_of(holdout, corpus) == test


def test_other_draws_keep_other_articles(corpus):
    kept = {tuple(trained(Holdout("few", ("modern2026",), keep=1, seed=seed), corpus)) for seed in range(8)}
    assert len(kept) > 1


def test_the_full_plan_has_no_name_twice_and_every_site_and_instruction(corpus):
    plan = [*holdouts.whole(corpus), *holdouts.capped(corpus)]
    assert len({one.name for one in plan}) == len(plan)
    assert {group for one in plan for group in one.groups} == {"herald", "giornale"}
    assert sorted(kind for one in plan for kind in one.attacks) == ["none", "promo", "wire"]
    assert {one.about for one in plan} == {
        "source",
        "instructions",
        "site",
        "tomorrow",
        "few",
    }  # families are too small


@pytest.mark.parametrize(
    ("name", "family", "age"),
    [
        ("gpt-3.5-turbo", "gpt-3.5", "older or smaller"),
        ("ChatGPT-4", "gpt-4", "older or smaller"),
        ("openai:o3-pro", "gpt-5 and o3", "older or smaller"),
        ("GPT-5.4-Mini", "gpt-5 and o3", "current"),
        ("anthropic:claude-sonnet-4", "claude", "current"),
        ("Claude-instant", "claude", "older or smaller"),
        ("claude (version unstated)", "claude", "unstated"),
        ("Llama-2-70b", "llama", "older or smaller"),
        ("gemma3:4b (Ollama; per repo script)", "palm, gemini and gemma", "older or smaller"),
        ("vicuna-7b-v1.3", "vicuna", "older or smaller"),
        ("text_davinci_003", "gpt-3", "older or smaller"),
        ("opt-iml-max-30b", "opt, falcon and flan", "older or smaller"),
        ("frontier-llm-2026", "other", "current"),
    ],
)
def test_families_and_generations_of_generators(name, family, age):
    assert generator_family(name) == family
    assert generation(name) == age
