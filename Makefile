# The two commands a newcomer needs are `make test` and `make demo`; each installs what is missing.
SWIFT ?= swift
RELEASE = .build/release/triaged

.PHONY: test long demo bench build lint docs install clean prepare systemd-check

test: prepare lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	./Scripts/check-schema .build/debug/triaged
	$(MAKE) systemd-check

# What `make test` only samples, whole: fault sweeps, mutations, hostile input, and the soak. Optimized, as the program
# is when it serves: the seven thousand mutations take a fifth of the time.
LONG = -c release -Xswiftc -enable-testing --scratch-path .build-long
long: prepare
	$(SWIFT) build --build-tests $(LONG)
	TRIAGED_LONG=1 $(SWIFT) test --skip-build $(LONG) --filter 'Sweep|Fault|Kill|Mutation|Hostile|Soak|MovingFiles'

# The unit, also under a real systemd where this machine can boot one.
systemd-check:
	./Scripts/check-systemd .build/debug/triaged

# docs/JSON.md, from what --help says.
docs:
	$(SWIFT) build --product triaged
	./Scripts/make-docs .build/debug/triaged

demo: prepare
	$(SWIFT) build -c release --product triaged
	./Scripts/demo $(RELEASE)

bench: prepare
	./Benchmarks/run

build: prepare
	$(SWIFT) build -c release --product triaged

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

install: build
	./Scripts/install $(RELEASE) $(DESTDIR)

prepare:
	@./Scripts/prepare

clean:
	rm -rf .build .build-long demo-root
