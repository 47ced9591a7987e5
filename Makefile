# Plenary. `make` lists the targets.

GO ?= go
LINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FMT = $(GO) run mvdan.cc/gofumpt@v0.12.0

.PHONY: help run test test-setup fuzz soak bench bench-sweep bench-parts lint fmt build release

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

run: ## plan the process of A/RES/71/280 and write out/gcm-2018.plan.json and .ics
	@mkdir -p out
	@$(GO) run ./cmd/plenary plan scenarios/gcm-2018.yaml --force --stats \
		--plan out/gcm-2018.plan.json --ics out/gcm-2018.ics

test: test-setup ## run every test
	$(GO) vet ./...
	$(GO) test ./...

test-setup: ## install what the tests check our output with
	@sh .ci/test-setup.sh

fuzz: ## read hostile input for a bounded while with every reader (FUZZ_TIME=5s each)
	@GO=$(GO) sh .ci/fuzz.sh $(FUZZ_TIME)

SOAK ?= 10m

soak: ## hold the program against three others on random scenarios, and kill sweeps, each for SOAK=10m
	SOAK=$(SOAK) nice -n 19 $(GO) test -count=1 -timeout 0 -v -run TestFourParties ./solver/soak
	SOAK=$(SOAK) nice -n 19 $(GO) test -count=1 -timeout 0 -v -run TestASweepThatIsKilled ./cmd/plenary

bench: build ## print the tables of docs/performance.md and docs/deciding.md; ROWS=S,M some rows, PEERS=DIR peers beside it, INSTANCES=DIR published files, LIMIT=60s
	@$(GO) build -o bin/bench ./solver/bench
	@bin/bench table --rows "$(ROWS)" --python "$(PEERS)" --instances "$(INSTANCES)" $(if $(LIMIT),--limit $(LIMIT)) $(if $(SOLVERS),--solvers $(SOLVERS))
	@bin/bench deciding --rows "$(ROWS)" $(if $(LIMIT),--limit $(LIMIT))

bench-sweep: build ## print the table of docs/sweeps.md; WHAT_IFS=1000
	@$(GO) build -o bin/bench ./solver/bench
	@bin/bench sweep $(if $(WHAT_IFS),--what-ifs $(WHAT_IFS))

bench-parts: ## time the parts of the program by themselves
	$(GO) test -run '^$$' -bench . -benchmem ./...

lint: ## check formatting, arrows between packages and common mistakes
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run: make fmt"; exit 1; }
	$(LINT) run ./...

fmt: ## format the code
	$(FMT) -w .

build: ## build the program as bin/plenary
	$(GO) build -o bin/plenary ./cmd/plenary

release: ## build what is published, in out/release: programs, bills of materials, checksums; PLATFORMS=linux/amd64 some
	@GO=$(GO) PLATFORMS="$(PLATFORMS)" sh .ci/release.sh
