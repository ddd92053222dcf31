# Only Go is needed; lint fetches its own tool. .ci/run is what a change must pass.

LINT_VERSION = 2.15.0# also in .ci/run
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 20s
COUNT ?= 6

.PHONY: build test race lint fuzz bench ci clean

build: ## bin/ewgwatch, without local paths, stamped with the version
	go build -trimpath -ldflags "-X main.versionStamp=$(VERSION)" -o bin/ewgwatch ./cmd/ewgwatch

test:
	go test ./...

race:
	go test -race ./...

LINT := $(shell go env GOPATH)/bin/golangci-lint

lint:
	@test "$$($(LINT) version --short 2>/dev/null)" = "$(LINT_VERSION)" || \
	  go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION)
	$(LINT) run ./...

fuzz: ## every Fuzz test in turn, FUZZTIME each; what fails is kept under testdata/fuzz
	@set -e; for pkg in $$(go list ./...); do \
	  for name in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$name"; \
	    go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

bench: ## COUNT runs of every benchmark, in a form that benchstat compares
	go test -run '^$$' -bench . -benchmem -count $(COUNT) ./...

ci:
	.ci/run

clean:
	rm -rf bin
	go clean -testcache
