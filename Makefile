# Two commands do everything on a machine with Go and make:
#   make run    builds, loads the sample once, serves it and prints where
#   make test   runs every test that can run here and says which engines ran

ADDR ?= 127.0.0.1:8080
DB   ?= sqlite:bellwether.db
BIN  := bin/bellwether

# The same flags everywhere, so that what one target compiled serves the next.
export CGO_ENABLED ?= 0

.PHONY: run build test crash bench lint generate clean

run: build
	@$(BIN) sample --once --database "$(DB)"
	@exec $(BIN) serve --next-port --listen "$(ADDR)" --database "$(DB)"

build:
	@mkdir -p bin
	@go build -o $(BIN) ./cmd/bellwether

test:
	@go run ./internal/testdb/which
	@go test $(TEST_FLAGS) ./...

# Kills an import of 400,000 rows 40 times on SQLite and stops PostgreSQL under
# it 20 times; "make test" does the same a few times with less.
crash:
	@BELLWETHER_CRASHES=full go test -count=1 -v -timeout 2h ./internal/crash

bench: build
	@go run ./internal/bench $(BENCH_FLAGS)

lint:
	@test -z "$$(gofmt -l .)" || { echo 'not formatted:'; gofmt -l .; exit 1; }
	@go vet ./...
	@go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

# The tables of countries and currencies, from the packages that data/gen/README.md names.
generate:
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	npm install --silent --no-audit --no-fund --prefix "$$dir" \
		cldr-localenames-full@48.2.0 cldr-numbers-full@48.2.0 currency-codes@2.2.0 && \
	go run ./data/gen -data data -cldr "$$dir/node_modules" \
		-list-one "$$dir/node_modules/currency-codes/iso-4217-list-one.xml"

clean:
	@rm -rf bin
