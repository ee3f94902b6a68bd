# samlcheck: `make help` lists what there is.
SHELL := bash
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

GO      ?= go
BIN     := bin/samlcheck
TOOLS   := .cache/bin
GOLANGCI_VERSION := v2.15.0
GOTESTSUM_VERSION := v1.13.0
# go test's own output, and at the end what was skipped and why.
TEST    := $(TOOLS)/gotestsum --format standard-quiet --hide-summary failed,errors --
FUZZTIME ?= 10s
# In Chromium the modes take half an hour: `make proofs PROOFS=InChromium`.
PROOFS  ?= Proven|NeverWrong|InAnyOrder|AnswerAlike|TestModes$$|TestScreens
SOURCES := $(shell find samlcheck fixtures -name '*.go' -o -name '*.html' -o -name '*.xml' 2>/dev/null) go.mod go.sum

.PHONY: help setup demo build test proofs race lint fuzz bench interop k6 manifests generate verify cross clean

help: ## this list
	@grep -hE '^[a-z0-9]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## fetch modules (needs only Go)
	@scripts/retry $(GO) mod download

$(BIN): $(SOURCES)
	@mkdir -p bin
	@scripts/retry $(GO) mod download
	$(GO) build -trimpath -o $(BIN) ./samlcheck/cmd/samlcheck

build: $(BIN) ## the command, as bin/samlcheck

demo: $(BIN) ## the whole job offline: both faces against the stand-in, JIT verdicts, an evidence bundle
	@$(BIN) demo

test: setup $(TOOLS)/gotestsum ## the tests
	$(TEST) -short -timeout 20m ./...

proofs: setup $(TOOLS)/gotestsum ## what -short leaves out: the catalogue against every flaw, the modes, fifty shuffled runs (PROOFS=pattern selects)
	$(TEST) -timeout 60m -run '$(PROOFS)' ./samlcheck/checktest ./samlcheck/suite ./samlcheck/checks/logout ./samlcheck/checks/offboarding

race: $(TOOLS)/gotestsum ## the race detector where things happen at once
	$(TEST) -race -short ./samlcheck/engine ./samlcheck/actor ./samlcheck/oracle ./samlcheck/idp ./samlcheck/samepage

$(TOOLS)/gotestsum:
	@mkdir -p $(TOOLS)
	GOBIN=$(CURDIR)/$(TOOLS) scripts/retry $(GO) install gotest.tools/gotestsum@$(GOTESTSUM_VERSION)

$(TOOLS)/golangci-lint:
	@mkdir -p $(TOOLS)
	GOBIN=$(CURDIR)/$(TOOLS) scripts/retry $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

lint: $(TOOLS)/golangci-lint ## gofmt, vet and the linters of .golangci.yml
	@test -z "$$(gofmt -l samlcheck fixtures scripts)" || { gofmt -l samlcheck fixtures scripts; echo "run: gofmt -w samlcheck fixtures scripts"; exit 1; }
	$(GO) vet ./...
	$(TOOLS)/golangci-lint run ./...

fuzz: ## each fuzz target for FUZZTIME (10s)
	@scripts/fuzz $(FUZZTIME)

bench: $(BIN) ## each figure beside its peer (BENCH="-out docs/performance.md" writes the page, "-only minting" a part)
	@$(GO) run ./scripts/bench -bin $(BIN) $(BENCH)

interop: $(BIN) ## real service providers on loopback; writes docs/interop.md
	@scripts/interop/setup
	@$(GO) run ./scripts/interop -bin $(BIN) -out docs/interop.md $(INTEROP)

k6: ## k6 with the extension k6/x/saml, as bin/k6, and its tests (docs/scale.md): minutes the first time
	@scripts/k6/build
	cd scripts/k6 && CGO_ENABLED=0 $(GO) test -trimpath -timeout 10m ./... # flags as in build: k6 is compiled once

manifests: ## the manifests of scripts/k8s against the published types
	cd scripts/k8s && ../retry $(GO) mod download && $(GO) vet ./... && $(GO) test ./...

generate: $(BIN) ## docs/checks.md, docs/coverage.md and the lists in other pages, from the catalogue
	@$(BIN) checks --format markdown > docs/checks.md
	@$(GO) test ./samlcheck/checktest/coverage -run Documents -update >/dev/null
	@$(GO) test ./samlcheck/suite -run TestModesAreDocumented -update >/dev/null
	@$(GO) test ./samlcheck/bundle -run TestSchemasAreWhatIsWritten -update >/dev/null
	@$(GO) test ./samlcheck/storm -run TestSchemaIsWhatIsWritten -update >/dev/null

verify: generate ## generated files are what the sources say
	@git diff --exit-code -- docs go.mod go.sum || { echo "run 'make generate' and commit"; exit 1; }

cross: ## builds for linux, darwin and windows on amd64 and arm64
	@for os in linux darwin windows; do for arch in amd64 arm64; do \
	  echo "build $$os/$$arch"; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -o /dev/null ./samlcheck/cmd/samlcheck || exit 1; done; done

clean: ## remove what was built
	rm -rf bin .cache
