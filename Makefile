# Tasks for developers. The corpora are read from the folder that DETECTOR_DATA names.
PYTHON ?= python
MODEL = models/news-en.npz

.PHONY: test coverage lint corpora model evaluate card clean

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
	$(PYTHON) -m detector train --data "$(DETECTOR_DATA)" --output $(MODEL)

evaluate: corpora
	$(PYTHON) -m detector evaluate --quick --data "$(DETECTOR_DATA)"

card: corpora
	$(PYTHON) -m detector evaluate --data "$(DETECTOR_DATA)" --card $(MODEL:.npz=.md)

corpora:
	@test -d "$(DETECTOR_DATA)" || { echo "set DETECTOR_DATA to the folder of the corpora" >&2; exit 2; }

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find detector tests -name __pycache__ -type d -prune -exec rm -rf {} +
