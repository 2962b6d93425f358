"""Score the Parquet table of a Spark cluster: spark-submit examples/score_on_spark.py INPUT OUTPUT [ID_COLUMN].

`detector` and its extra `frames` must be installed on every machine.  Nothing is downloaded and no model is sent: each
Python process of Spark reads the model that was installed with the library.
"""

import sys

import detector

SPARK_TYPES = {"float64": "double", "Int64": "bigint", "boolean": "boolean"}


def score_batches(batches, keep=()):
    """For `mapInPandas`: the batches of a partition, one pandas table after the other, and their scores."""
    news = detector.load()
    for batch in batches:
        yield news.score_frame(batch, keep=keep)


def schema(empty, keep):
    """What `score_batches` gives, as Spark declares it; `empty` are no rows of the table, in pandas."""
    types = detector.score_frame(empty).dtypes
    return ", ".join([*keep, *(f"`{name}` {SPARK_TYPES.get(str(types[name]), 'string')}" for name in types.index)])


def main(source, target, name="id"):
    from pyspark.sql import SparkSession

    table = SparkSession.builder.getOrCreate().read.parquet(source)
    kept = [f"`{name}` {dict(table.dtypes)[name]}"]
    scores = table.mapInPandas(lambda batches: score_batches(batches, [name]), schema(table.limit(0).toPandas(), kept))
    scores.write.parquet(target)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:])
