"""List the articles of a news crawl to look at first: python examples/suspects_in_crawl.py CRAWL.warc.gz [MAX_FPR].

Prints one JSON object for each article whose p-value is at most MAX_FPR (0.001 unless given): its address, its p-value
and tier, and the three passages that weigh most.  About that share of human articles is listed too: it is a list of
what to read first, no verdict.
"""

import json
import sys

import detector
from detector.batch.pieces import pieces
from detector.batch.readers import read
from detector.batch.rows import rows


def main(crawl, max_fpr=0.001):
    news = detector.load()
    count = listed = failed = 0
    for records in pieces(read([crawl], "warc")):
        # Some hundred articles are scored together; only the few that are flagged are explained.
        found = list(zip(records, rows(news, records, max_fpr=max_fpr), strict=True))
        count, failed = count + len(found), failed + sum(bool(row["error"]) for _, row in found)
        flagged = [(record.text, row) for record, row in found if row["flagged"]]
        listed += len(flagged)
        for report, (_, row) in zip(news.explain([text for text, _ in flagged]), flagged, strict=True):
            passages = [passage.text for passage in report.evidence[:3]]
            print(json.dumps({"url": row["id"], "p_value": row["p_value"], "tier": row["tier"], "look_at": passages}))
    print(f"{listed} of {count} articles listed at {max_fpr}, {failed} could not be read", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[0])
    main(sys.argv[1], *map(float, sys.argv[2:]))
