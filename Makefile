# make run and make test do all their own set-up. Counts of the long proofs: COUNT=ci (default) or COUNT=full.
export COUNT ?= ci
PYTEST ?=

.PHONY: run test lint cover tour bench sim soak lock clean help ready-run ready-test

run: ready-run
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		exec .venv/bin/kiosk demo; \
	else \
		echo "No display here: the kiosk takes its tour instead; its pictures will be in build/tour."; \
		.venv/bin/kiosk tour --out build/tour && echo "The pictures are in $(CURDIR)/build/tour."; \
	fi

test: ready-test
	@.venv/bin/python -m gates lint tests -- $(PYTEST)

lint: ready-test
	@.venv/bin/python -m gates lint

# With branch coverage; the report is in build/coverage.
cover: ready-test
	@.venv/bin/python -m gates cover -- $(PYTEST)

# Every flow in both sizes and languages, and once in each mode; with COUNT=full each mode in both sizes and languages too.
EVERYWHERE = plain $(if $(filter full,$(COUNT)),contrast large-reach keys)
ONCE = $(if $(filter full,$(COUNT)),,contrast/1080x1920/zh large-reach/1920x1080/en keys/1080x1920/zh)
PASSES = $(foreach mode,$(EVERYWHERE),$(foreach size,1080x1920 1920x1080,$(mode)/$(size)/zh $(mode)/$(size)/en)) $(ONCE)
tour: ready-run
	@for pass in $(PASSES); do IFS=/; set -- $$pass; unset IFS; \
		.venv/bin/kiosk tour --out build/tour/$$2-$$3-$$1 --size $$2 --lang $$3 --mode $$1 || exit 1; \
	done; echo "The pictures are in $(CURDIR)/build/tour."

# make bench ONLY=name JSON=file
bench: ready-test
	@.venv/bin/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

# make sim SEEDS=n FIRST=k: so many days of a simulated campus, each from its seed; what broke is said with its replay.
sim: ready-test
	@.venv/bin/python -m tests.sim --seeds $(or $(SEEDS),12) --first $(or $(FIRST),1) $(if $(PLANT),--plant $(PLANT))

# Every proof at its full count.
soak:
	@$(MAKE) --no-print-directory test COUNT=full

lock: ready-test
	@sh setup/lock.sh $(LOCK)

# Only what can be made again without the network: .venv stays.
clean:
	rm -rf build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

help:
	@echo "make run | test | lint | cover | tour | bench [ONLY=name] [JSON=file] | sim [SEEDS=n] [FIRST=k] | soak | lock [LOCK=--upgrade] | clean"

ready-run ready-test: ready-%:
	@python=$$(sh setup/python.sh) && exec "$$python" -m setup $*
