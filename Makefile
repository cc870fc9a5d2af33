# The two commands a newcomer needs are `make test` and `make demo`; each installs what is missing.
SWIFT ?= swift
RELEASE = .build/release/triaged

.PHONY: test demo bench build lint docs install clean prepare systemd-check

test: prepare lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	./Scripts/check-schema .build/debug/triaged
	./Scripts/check-systemd .build/debug/triaged

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
	rm -rf .build demo-root
