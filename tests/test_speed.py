"""Speed as ratios inside one run, never as seconds: a slow machine is no failure, a lost factor of two is one.

Times are those of this process alone, so that others on the machine do not count, and rounds are interleaved.
`benchmarks/throughput.py` and `benchmarks/scaling.py` measure the same with care.
"""

import gc
import platform
import statistics
import time

import pytest
from invented import PLAIN, PUFFED, article
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from detector import load
from detector.batchtext import Batch

WORST = ("a", '"', "a. ", "7", "bcdfghjk")  # what is repeated in texts that no newsroom writes
HALF_OF_REACHED = 3.5  # times as fast as TF-IDF; 7 on these texts of few words, 10 on real articles
EXPLAINED = 0.45  # the same for reports of many articles; 0.9 on these texts, 1.9 on real articles
TOGETHER = 3  # times as fast as one call an article; 6 are reached
WORST_TIMES = 5  # times as long a text may take as prose of its length


def seconds(call, *arguments):
    """Processor time of a call."""
    begin = time.process_time()
    call(*arguments)
    return time.process_time() - begin


@pytest.fixture(scope="module")
def texts():
    """Articles of about 3 KB."""
    return [article(seed, PUFFED if seed % 2 else PLAIN, 36) for seed in range(256)]


@pytest.fixture(scope="module")
def warm(texts):
    """The shipped detector's score, with everything loaded."""
    score = load().score
    score(texts[:8])
    return score


@pytest.fixture(scope="module")
def usual(texts):
    """What one would write otherwise, fitted."""
    return make_pipeline(
        make_union(TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(ngram_range=(2, 4), analyzer="char_wb")),
        LogisticRegression(max_iter=20, tol=0.1),
    ).fit(texts[:60], [seed % 2 for seed in range(60)])


def test_scoring_is_many_times_as_fast_as_tf_idf(texts, warm, usual):
    few = texts[:24]
    ratios = [(seconds(usual.predict_proba, few) / len(few)) / (seconds(warm, texts) / len(texts)) for _ in range(7)]
    assert statistics.median(ratios) > HALF_OF_REACHED, ratios


def test_explaining_many_articles_is_as_fast_as_scoring_with_tf_idf(texts, warm, usual):
    few, many, explain = texts[:24], texts[:96], load().explain
    ratios = [(seconds(usual.predict_proba, few) / len(few)) / (seconds(explain, many) / len(many)) for _ in range(7)]
    assert statistics.median(ratios) > EXPLAINED, ratios


def test_explaining_many_articles_shares_what_one_call_costs(texts, warm):
    some, explain = texts[:32], load().explain
    ratios = [seconds(lambda: [explain(text) for text in some]) / seconds(explain, some) for _ in range(5)]
    assert statistics.median(ratios) > TOGETHER, ratios


@pytest.mark.parametrize("part", WORST)
def test_no_text_takes_much_longer_than_prose(part, texts, warm):
    prose = "\n\n".join(texts[:100])
    worst = (part * (len(prose) // len(part) + 1))[: len(prose)]
    ratios = [seconds(warm, worst) / seconds(warm, prose) for _ in range(3)]
    assert statistics.median(ratios) < WORST_TIMES, ratios


def test_time_grows_with_the_number_of_articles_and_not_faster(texts, warm):
    ratios = [seconds(warm, texts * 4) / seconds(warm, texts) for _ in range(3)]
    assert statistics.median(ratios) < 6, ratios


def test_time_grows_with_the_length_of_an_article_and_not_faster(texts, warm):
    short, long = "\n\n".join(texts[:32]), "\n\n".join(texts)
    ratios = [seconds(warm, long) / seconds(warm, short) for _ in range(3)]
    assert statistics.median(ratios) < 16, ratios  # eight times the text


def test_articles_given_one_at_a_time_are_not_kept(texts, warm):
    alive, most = set(), 0

    class Watched(str):
        def __del__(self):
            alive.discard(id(self))

    def stream():
        nonlocal most
        for copy in range(8):
            for text in texts:
                one = Watched(f"{text} {copy}")
                alive.add(id(one))
                most = max(most, len(alive))
                yield one
                del one

    warm(stream())
    assert most < len(texts) * 3  # one chunk is measured while the next is read


@pytest.mark.parametrize("call", ["score", "explain", "rows", "check"])
def test_arrays_of_a_batch_go_without_waiting_for_the_garbage_collector(call, texts):
    detector = load()
    text = texts[0] + " Click here to subscribe to our newsletter. [INSERT NAME]"  # the checks look at such a text
    calls = {"score": detector.score, "rows": lambda text: list(detector.rows([text]))}
    gc.collect()
    gc.disable()
    try:
        before = _batches()
        calls.get(call, getattr(detector, call))(text)
        assert _batches() == before
    finally:
        gc.enable()


def _batches():
    return sum(type(one) is Batch for one in gc.get_objects())


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is kept by a rule of glibc")
def test_memory_of_one_chunk_serves_the_next(texts):
    resource = pytest.importorskip("resource")
    load().score(texts * 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    load().score(texts * 8)
    pages = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    assert pages < 4 * len(texts) * 8  # the arrays of one article fill about fifty
