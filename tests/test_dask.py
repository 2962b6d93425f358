"""Many machines: a real scheduler with workers in processes of their own, one of which is killed half-way."""

import json
import os
import signal
from collections import Counter
from functools import partial

import dask.dataframe as dd
import pandas as pd
import pytest
from dasknodes import Counted, Square, kill_at, kill_in_partition, nodes, noted
from distributed import Client
from invented import articles, fitted

import detector
from detector.batch import daskengine
from detector.batch.daskengine import AHEAD, SchedulerError, in_order
from detector.batch.engine import WorkerLostError
from detector.batch.extras import MissingExtraError
from detector.batch.run import Run
from detector.batch.selection import Selection

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a signal that Windows does not have")
TEXTS = articles(60)[0]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with nodes(tmp_path_factory.mktemp("dask"), workers=2) as started:
        yield started


@pytest.fixture
def client(cluster):
    with Client(cluster.address) as client:
        client.wait_for_workers(2)
        yield client


def frame():
    return pd.DataFrame({"body": [*TEXTS, None], "outlet": range(61)}, index=range(100, 161))


def lazy(partitions=6):
    return dd.from_pandas(frame(), npartitions=partitions)


def same(found, expected):
    """Equal, but for a kept column of text, which Dask holds in a string type of its own."""
    pd.testing.assert_frame_equal(found.drop(columns="body", errors="ignore"), expected)


def test_pieces_come_back_in_their_order_and_the_function_is_sent_once(cluster, tmp_path):
    made = list(in_order(Square(str(tmp_path / "log")), range(100), cluster.address))
    assert [square for square, _ in made] == [number * number for number in range(100)]
    workers = {process for _, process in made}
    assert len(workers) == 2
    assert os.getpid() not in workers
    copies = Counter(noted(tmp_path / "log"))
    assert [copies[process] for process in workers] == [1, 1]


def test_work_is_handed_out_a_bounded_stretch_ahead(cluster, client):
    given = []
    pieces = (given.append(number) or number for number in range(1000))
    made = in_order(kill_at, pieces, cluster.address)
    for number in range(20):
        assert next(made) == number
        assert len(given) <= number + 2 * AHEAD
    made.close()
    assert len(given) < 100


def test_no_pieces_need_no_work(cluster):
    assert list(in_order(kill_at, [], cluster.address)) == []


def test_work_of_a_killed_worker_is_done_by_another(tmp_path):
    with nodes(tmp_path, workers=3) as started:
        made = []
        for square, process in in_order(Square(str(tmp_path / "log")), range(120), started.address):
            made.append(square)
            if len(made) == 40:
                os.kill(process, signal.SIGKILL)
        assert made == [number * number for number in range(120)]
        assert [worker.poll() for worker in started.workers].count(-signal.SIGKILL) == 1


def test_a_piece_that_kills_worker_after_worker_ends_it_in_one_sentence(tmp_path):
    with nodes(tmp_path, workers=3, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as started:
        made = in_order(partial(kill_at, fatal=5), range(10), started.address)
        with pytest.raises(WorkerLostError, match="were killed again and again by one piece of work, perhaps for want"):
            list(made)


def test_a_scheduler_that_is_lost_ends_it_in_one_sentence(tmp_path, monkeypatch):
    with nodes(tmp_path, workers=1) as started:
        made = in_order(Square(str(tmp_path / "log")), range(1000), started.address)
        assert next(made)[0] == 0
        started.scheduler.kill()
        with pytest.raises(WorkerLostError, match=f"the Dask scheduler at {started.address} was lost"):
            list(made)


def test_a_scheduler_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(daskengine, "SECONDS", 1)
    for address in ("tcp://127.0.0.1:1", "nonsense"):
        with pytest.raises(SchedulerError, match=f"no Dask scheduler answers at {address}: .") as told:
            list(in_order(kill_at, [1], address))
        assert "\n" not in str(told.value)


def test_a_scheduler_without_workers_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(daskengine, "SECONDS", 10)
    with nodes(tmp_path) as started, pytest.raises(SchedulerError, match="has no workers"):
        list(in_order(kill_at, [1], started.address))


def test_workers_with_another_version_are_named(cluster, monkeypatch):
    monkeypatch.setattr(detector, "__version__", "99.0")
    expected = f"the workers of {cluster.address} need detector 99.0: a worker has detector 0.1.0"
    with pytest.raises(SchedulerError, match=expected):
        list(in_order(kill_at, [1], cluster.address))


def test_without_dask_one_sentence_names_the_extra(monkeypatch):
    monkeypatch.setattr("detector.batch.extras.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'need dask, which is not installed: pip install "detector\[dask\]"'):
        list(in_order(kill_at, [1], "tcp://127.0.0.1:1"))


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_run_with_a_killed_worker_writes_the_bytes_of_a_local_one(tmp_path, ending):
    source = tmp_path / "articles.jsonl"
    rows = [*({"id": n, "text": text} for n, text in enumerate(TEXTS * 35)), {"id": "none", "text": None}, "broken"]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    selection = Selection([str(source)])
    local, spread = tmp_path / f"local.{ending}", tmp_path / f"spread.{ending}"
    Run(selection, local, detector.load()).go()
    with nodes(tmp_path, workers=3) as started:

        def engine(function, pieces):
            for number, made in enumerate(in_order(function, pieces, started.address)):
                if number == 1:
                    started.workers[0].kill()
                yield made

        tally = Run(selection, spread, detector.load()).go(engine=engine)
    assert spread.read_bytes() == local.read_bytes()
    assert (tally.rows, tally.failures) == (2102, 2)
    assert started.workers[0].returncode == -signal.SIGKILL


def test_a_lost_scheduler_leaves_a_run_that_can_be_resumed(tmp_path):
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps({"text": text}) for text in TEXTS * 35), encoding="utf-8")
    selection = Selection([str(source)])
    Run(selection, tmp_path / "local.jsonl", detector.load()).go()
    with nodes(tmp_path, workers=1) as started:

        def engine(function, pieces):
            for number, made in enumerate(in_order(function, pieces, started.address)):
                if number == 1:
                    started.scheduler.kill()
                yield made

        with pytest.raises(WorkerLostError):
            Run(selection, tmp_path / "spread.jsonl", detector.load()).go(engine=engine)
    assert not (tmp_path / "spread.jsonl").exists()
    Run(selection, tmp_path / "spread.jsonl", detector.load()).go(resume=True)
    assert (tmp_path / "spread.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


def test_a_dask_table_gives_the_scores_of_the_same_table_in_memory():
    scores = detector.score_frame(lazy(), keep=["outlet"])
    assert (scores.npartitions, scores.divisions) == (6, lazy().divisions)
    same(scores.compute(), detector.score_frame(frame(), keep=["outlet"]))
    column = lazy().body
    same(detector.score_frame(column).compute(), detector.score_frame(frame().body))


def test_a_dask_table_is_scored_when_it_is_computed_and_not_before(monkeypatch):
    def refuse(*_):
        raise AssertionError("scored")

    monkeypatch.setattr("detector.batch.frame._records", refuse)
    scores = detector.score_frame(lazy(), keep=True, explain=True)
    same(scores._meta, detector.score_frame(frame()[:0], keep=True, explain=True).drop(columns="body"))
    with pytest.raises(AssertionError, match="scored"):
        scores.compute(scheduler="synchronous")


def test_wrong_columns_of_a_dask_table_are_named_at_once():
    for options, expected in (
        ({"text": "prose"}, "frame has no column 'prose'"),
        ({"keep": ["score"]}, "frame has a column 'score'"),
        ({"max_fpr": 3}, "max_fpr is 3"),
    ):
        table = lazy().assign(score=1) if "keep" in options else lazy()
        with pytest.raises(ValueError, match=expected):
            detector.score_frame(table, **options)


def test_the_detector_is_sent_once_to_each_worker(client, tmp_path):
    news = Counted._of(fitted().model_)
    news.log = str(tmp_path / "log")
    scores = news.score_frame(lazy(12)).compute()
    same(scores, fitted().score_frame(frame()))
    copies, workers = Counter(noted(news.log)), client.run(os.getpid).values()
    assert [copies[process] for process in workers] == [1, 1]


def test_partitions_of_a_killed_worker_are_scored_by_another(tmp_path):
    with nodes(tmp_path, workers=3) as started, Client(started.address) as client:
        client.wait_for_workers(3)
        fragile = lazy(12).map_partitions(kill_in_partition, 140, str(tmp_path / "once"), meta=lazy()._meta)
        same(detector.score_frame(fragile).compute(), detector.score_frame(frame()))
        assert [worker.poll() for worker in started.workers].count(-signal.SIGKILL) == 1


def test_parquet_partitions_in_and_out(client, tmp_path):
    lazy().to_parquet(tmp_path / "in", write_index=False)
    table = dd.read_parquet(tmp_path / "in")
    detector.score_frame(table, keep=["outlet"]).to_parquet(tmp_path / "out", write_index=False)
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 6
    found = pd.read_parquet(tmp_path / "out").astype({"flagged": "boolean", "words": "Int64", "findings": "Int64"})
    expected = detector.score_frame(frame().reset_index(drop=True), keep=["outlet"])
    pd.testing.assert_frame_equal(found, expected)
