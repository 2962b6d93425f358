"""The example scripts do what they say, on small inputs made for the purpose; all articles are machine-written."""

import csv
import html
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from dasknodes import nodes
from webpages import TEXT, front_page, packed, pages, response

import detector

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def texts(examples):
    return [row["text"] for row in examples]


def call(folder, script, *arguments):
    environment = os.environ | {"PYTHONPATH": str(Path(detector.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(EXAMPLES / script), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def module(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def table(path):
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("script", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_every_script_says_how_it_is_called(tmp_path, script):
    result = call(tmp_path, script)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert script in result.stderr


def test_a_folder_becomes_a_table(tmp_path, texts):
    (tmp_path / "articles" / "old").mkdir(parents=True)
    for number, text in enumerate(texts):
        folder = tmp_path / "articles" / ("old" if number % 2 else "")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "articles" / "broken.txt").write_bytes(b"\x00\x81\x01")
    for jobs in ((), (2,)):
        result = call(tmp_path, "folder_to_csv.py", "articles", "scores.csv", *jobs)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("9 articles are in scores.csv; 1 of them failed")
    rows = {Path(row["id"]).stem: row for row in table(tmp_path / "scores.csv")}
    assert len(rows) == 9
    assert rows.pop("broken")["error"]
    assert {float(row["score"]) for row in rows.values()} == set(detector.score(texts).tolist())


def test_parquet_partitions_become_partitions_of_scores(tmp_path, texts):
    (tmp_path / "in").mkdir()
    frame = pd.DataFrame({"id": range(16), "text": texts * 2})
    frame.loc[15, "text"] = None
    for part in range(4):
        frame[part * 4 : part * 4 + 4].to_parquet(tmp_path / "in" / f"part-{part}.parquet", index=False)
    with nodes(tmp_path, workers=2) as started:
        result = call(tmp_path, "parquet_on_dask.py", "in", "out", started.address)
    assert result.returncode == 0, result.stderr
    scores = pd.read_parquet(tmp_path / "out").set_index("id").sort_index()
    expected = detector.score_frame(frame)
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 4
    assert scores["score"].tolist()[:15] == expected["score"].tolist()[:15]
    assert result.stdout == f"16 rows: {expected['flagged'].sum()} flagged, 1 failed\n"


def test_a_crawl_becomes_a_list_of_what_to_read_first(tmp_path, texts):
    site = "https://packet.example/"
    crawl = [response(f"{site}{layout}", page) for layout, page in pages().items()]
    for number, text in enumerate(texts):
        body = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line)
        crawl.append(response(f"{site}{number}", f"<html><body><article>{body}</article></body></html>"))
    (tmp_path / "crawl.warc.gz").write_bytes(packed([*crawl, response(site, front_page())]))
    for most, limit in ((0.01, ["0.01"]), (0.001, [])):
        result = call(tmp_path, "suspects_in_crawl.py", "crawl.warc.gz", *limit)
        assert result.returncode == 0, result.stderr
        listed = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.stderr == f"{len(listed)} of 12 articles listed at {most}, 1 could not be read\n"
        assert all(row["p_value"] <= most and len(row["look_at"]) == 3 for row in listed)
        p_values = dict(zip(range(8), detector.load().p_value(texts), strict=True))
        assert {row["url"] for row in listed} >= {f"{site}{n}" for n, p in p_values.items() if p <= most / 10}
    assert detector.load().p_value(TEXT) > 0.01
    assert not {f"{site}{layout}" for layout in pages()} & {row["url"] for row in listed}


ARROW = {"double": pa.float64(), "bigint": pa.int64(), "boolean": pa.bool_(), "string": pa.string()}


def test_batches_of_spark_become_what_the_schema_says(texts):
    recipe = module("score_on_spark")
    frame = pd.DataFrame({"id": range(9), "text": [*texts, None]})
    schema = [part.split() for part in recipe.schema(frame[:0], ["`id` bigint"]).split(", ")]
    scored = list(recipe.score_batches(iter([frame[:5], frame[5:], frame[:0]]), ["id"]))
    assert [len(batch) for batch in scored] == [5, 4, 0]
    for batch in scored:
        assert [f"`{name}`" for name in batch.columns] == [name for name, _ in schema]
        # So does Spark hand a batch over.
        arrays = [
            pa.Array.from_pandas(batch[name.strip("`")], mask=batch[name.strip("`")].isnull(), type=ARROW[kind])
            for name, kind in schema
        ]
        assert pa.RecordBatch.from_arrays(arrays, [name for name, _ in schema]).num_rows == len(batch)
    expected = detector.score_frame(frame)
    assert pd.concat(scored)["log_odds"].tolist()[:8] == expected["log_odds"].tolist()[:8]
    assert pd.concat(scored)["error"].tolist()[8] == "text is missing"
