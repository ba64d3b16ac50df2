# Every target works on a fresh machine: `npm ci` runs first when the installed packages are not those of the
# lock file, and puts the Node.js that the project needs into node_modules/.bin, whatever the system has.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

ENVIRONMENT ?= environments/agentweaver/default.yaml

.DEFAULT_GOAL := help
.PHONY: help synth synth-all test check acceptance policies docs bench format install

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install:
	@cmp -s package-lock.json node_modules/.sluice-installed-lock || \
	  { npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.sluice-installed-lock; }

synth: install ## write and gate the manifests of ENVIRONMENT (default: environments/agentweaver/default.yaml)
	@node bin/sluice.js synth $(ENVIRONMENT)

synth-all: install ## write and gate the manifests of every environment
	@node bin/sluice.js synth

test: install ## every test that needs no server
	@vitest run $(VITEST_FLAGS)

check: install ## types, lint, format, dead code
	tsc
	biome check
	knip

acceptance: install ## against a real API server and a real npm project (builds the servers once)
	@vitest run --config test/acceptance/vitest.config.ts $(VITEST_FLAGS)

policies: install ## compile the Rego policies and write their documentation
	@node bin/sluice.js policies build

bench: install ## measure synth and gate against the neighbouring tools
	@node bench/synth.ts && node bench/gate/run.ts && node bench/routes.ts && node bench/reach.ts

format: install ## format and fix what can be fixed
	@biome check --write
