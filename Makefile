# 이음 Ieum: everything is one of these commands. `make` alone lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
DATA ?=
PY := sh tools/python
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' $(PY) -m uv pip compile --quiet --upgrade --universal \
	--fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

.PHONY: help run test proof bench evaluate pictures lint fmt lock clean prepare

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 14

run: ## 시작: 준비하고 포털을 엽니다 (prepare, then start the portal)
	@python3 tools/prepare.py run
	@IEUM_DEMO=$${IEUM_DEMO:-1} exec $(PY) -m demo

test: lint ## 시험: 준비하고 모두 검사합니다 (prepare, then every check and test)
	@$(PY) -m pytest -n 2 --dist loadfile -q

proof: prepare ## 증명: 긴 시험까지 (the tests and the long proofs of the promises)
	@$(PY) -m pytest -n 2 --dist loadfile -q -m "proof or not proof"

bench: ## 재기: 속도의 목표를 잽니다 (measure the goals of speed; ONLY=a-1m just one)
	@python3 tools/prepare.py bench >&2
	@$(PY) -m tools.bench $(if $(ONLY),--only $(ONLY))

evaluate: ## 평가: 찾는 솜씨를 재어 JSON으로 (how well the right ones are found; DATA=folder, WRITE=1)
	@python3 tools/prepare.py test >&2
	@$(PY) -m tools.evaluate $(if $(DATA),--data '$(DATA)') $(if $(WRITE),--write)

pictures: prepare ## 그림: README의 그림을 다시 만듭니다 (make the README's pictures anew)
	@$(PY) -m tools.pictures

lint: prepare ## 형식, 형, 수입 규칙 (style, types, import contracts)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) .venv/bin/lint-imports --no-logo

fmt: prepare ## 형식을 고칩니다 (write the style)
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock: prepare ## 꾸러미 판을 다시 정합니다 (lock requirements/*.in and package.json anew)
	@for name in run tools node; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done
	@$(LOCK) requirements/test.in -c requirements/run.txt -o requirements/test.txt
	@$(LOCK) requirements/bench.in -c requirements/test.txt -o requirements/bench.txt
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## 준비한 것을 지웁니다; 자료는 남습니다 (remove what was prepared; data in var/ stay)
	@rm -rf .venv node_modules var/prepared var/native var/home
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

prepare:
	@python3 tools/prepare.py test
