# Tasks for developers. The corpora are read from the folder that DETECTOR_DATA names.
PYTHON ?= python
MODEL = models/news-en.npz
# Of the shipped model: given, never read from a clock, so that the same corpora give the same bytes.
VERSION = 0.1.0
DATE = 2026-11-28

.PHONY: test coverage lint corpora model evaluate card floors pictures speed docs clean

test:
	$(PYTHON) -m pytest

coverage:
	$(PYTHON) -m coverage run -m pytest
	$(PYTHON) -m coverage report

lint:
	ruff check
	ruff format --check
	mypy detector

model: corpora
	$(PYTHON) -m detector train --data "$(DETECTOR_DATA)" --output $(MODEL) --version $(VERSION) --date $(DATE)

evaluate: corpora
	$(PYTHON) -m detector evaluate --quick --data "$(DETECTOR_DATA)"

card: corpora
	$(PYTHON) -m detector evaluate --data "$(DETECTOR_DATA)" --output $(MODEL:.npz=.evaluation.json) --card $(MODEL) $(PIN)

# Lowering a floor takes `--lower-floors`, by hand.
floors: corpora
	$(MAKE) card PIN=--pin
	$(PYTHON) -m detector evaluate --quick --data "$(DETECTOR_DATA)" --pin

pictures:
	$(PYTHON) -m benchmarks.screenshots

# On a machine that does nothing else; about twenty minutes.
speed: corpora
	$(PYTHON) -m benchmarks.throughput --data "$(DETECTOR_DATA)" --output benchmarks/results/throughput.json
	$(PYTHON) -m benchmarks.scaling --data "$(DETECTOR_DATA)" --output benchmarks/results/scaling.json
	$(PYTHON) -m benchmarks.batch --data "$(DETECTOR_DATA)" --output benchmarks/results/batch.json

docs:
	$(PYTHON) -m mkdocs build --strict

corpora:
	@test -d "$(DETECTOR_DATA)" || { echo "set DETECTOR_DATA to the folder of the corpora" >&2; exit 2; }

clean:
	rm -rf build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find detector tests -name __pycache__ -type d -prune -exec rm -rf {} +
