# The targets of this checkout. `make` lists them; every other one first brings the checkout to where it can run.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-gctorture test-matrix test-valgrind bench bench-introspect score lint fmt generate

# One folder for everything that cargo builds, whatever the user's own configuration says: the command has
# to be at target/release/rbindgen.
export CARGO_TARGET_DIR := $(CURDIR)/target

# An R that is installed but not on the PATH. Empty where R_HOME or the PATH already lead to one.
R_OFF_PATH := $(shell scripts/r-home.sh --off-path)
ifneq ($(R_OFF_PATH),)
export R_HOME := $(R_OFF_PATH)
endif

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

setup: ## Install what is missing, build the command and .venv
	@scripts/setup.sh

demo: setup ## Generate bindings for R's datasets and use them from Rust and from Python
	@scripts/demo.sh

test: setup ## Run every test
	@scripts/test.sh

test-gctorture: setup ## Run the runtime's tests while R collects garbage all the time
	@scripts/test-gctorture.sh

test-matrix: setup ## Run the runtime's tests against R 4.2, 4.5 and 4.6 (needs root)
	@scripts/test-matrix.sh

test-valgrind: setup ## Run the runtime's tests under valgrind's memcheck
	@scripts/test-valgrind.sh

bench: setup ## Compare the runtime's speed with C and with extendr, and introspection with R (writes benches/results/)
	@scripts/bench.sh
	@python3 benches/introspection.py target/release/rbindgen

bench-introspect: setup ## Compare looking into all of R's own packages with what R itself needs
	@python3 benches/introspection.py target/release/rbindgen

score: setup ## Score the inferred types against published signatures (writes docs/inference.md; TYPEDECL=FOLDER)
	@scripts/score.sh

lint: setup ## Check format and style of Rust, Python and shell
	@scripts/lint.sh

fmt: setup ## Format Rust and Python
	cargo fmt --all
	.venv/bin/ruff format --quiet .
	.venv/bin/ruff check --quiet --fix-only --select I .

generate: setup ## Refresh the committed bindings in generated-examples/
	@scripts/generate.sh
