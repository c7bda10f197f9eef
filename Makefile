# make run and make test do all their own set-up. Counts of the long proofs: COUNT=ci (default) or COUNT=full.
export COUNT ?= ci
PYTEST ?=

.PHONY: run test lint cover tour bench soak lock clean help ready-run ready-test

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

tour: ready-run
	@for size in 1080x1920 1920x1080; do for lang in zh en; do \
		.venv/bin/kiosk tour --out build/tour/$$size-$$lang --size $$size --lang $$lang || exit 1; \
	done; done; echo "The pictures are in $(CURDIR)/build/tour."

# make bench ONLY=name JSON=file
bench: ready-test
	@.venv/bin/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

# Every proof at its full count.
soak:
	@$(MAKE) --no-print-directory test COUNT=full

lock: ready-test
	@sh setup/lock.sh $(LOCK)

# Only what can be made again without the network: .venv stays.
clean:
	rm -rf build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

help:
	@echo "make run | test | lint | cover | tour | bench [ONLY=name] [JSON=file] | soak | lock [LOCK=--upgrade] | clean"

ready-run ready-test: ready-%:
	@python=$$(sh setup/python.sh) && exec "$$python" -m setup $*
