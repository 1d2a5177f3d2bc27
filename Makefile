# SPDX-License-Identifier: GPL-3.0-or-later
PREFIX   ?= /usr/local
BUILD    ?= build
CC       ?= cc
VERSION  := 0.1.0
PACKAGES := libmnl libnl-3.0 libnl-route-3.0 readline libevent_core

WARN   := -Wall -Wextra -Wshadow -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes -Wwrite-strings
CFLAGS ?= -O2 -g
ALL_CFLAGS  = -std=gnu17 $(WARN) $(CFLAGS) -D_GNU_SOURCE -DNETLAB_VERSION='"$(VERSION)"' \
	-DNETLAB_DATADIR='"$(PREFIX)/share/netlab"' -Iinclude $(shell pkg-config --cflags $(PACKAGES))
LIBS        = -pthread $(shell pkg-config --libs $(PACKAGES))
SANITIZE   := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

ENGINE  := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard netlab/*.c))
CLI     := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard cli/*.c))
PARTS   := $(BUILD)/libcli.a $(BUILD)/libnetlab.a
UNIT    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*_test.c))
FUZZED  := $(patsubst %,$(BUILD)/obj/%.o,cli/lex $(addprefix netlab/,address cause icmp names netem netem_parse \
	netem_table netem_value place segment selector))
FUZZ    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*_fuzz.c))
HELPERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/helpers/*.c tests/bench/*.c))
DOCS    := $(BUILD)/netlab.1 $(BUILD)/netlab.bash-completion

# Builds use every processor unless -j says otherwise.
BUILDER = $(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

all: ## build build/netlab (the default)
	+@$(BUILDER) $(BUILD)/netlab

lab: ## install what is missing, build, and open the lab
	@tests/deps build
	+@$(BUILDER) -s $(BUILD)/netlab
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD)/netlab; else $(BUILD)/netlab topologies/close.lab; fi

check: ## run every test; KERNEL=host|debian USERS=root|user TESTS=PART SLOW=1 REPEAT=N choose
	@tests/deps test
	+@$(BUILDER) -s $(BUILD)/netlab programs
	+@$(BUILDER) -s BUILD=build/asan CFLAGS="$(SANITIZE)" fuzzers
	@BUILD=$(BUILD) tests/run

asan: ## build with the address, undefined and leak sanitizers and run every test
	+@$(BUILDER) -s BUILD=build/asan CFLAGS="$(SANITIZE)" build/asan/netlab programs
	@BUILD=build/asan KERNEL=host SLOWER=3 tests/run

clang: ## build with clang, no warning allowed
	+@$(BUILDER) -s BUILD=build/clang CC=clang CFLAGS="-O0 -Werror" build/clang/netlab programs

fuzz: ## run each fuzzer for FUZZ_SECONDS, a minute unless told otherwise
	+@$(BUILDER) -s BUILD=build/asan CFLAGS="$(SANITIZE)" fuzzers
	@for fuzzer in $(FUZZ:$(BUILD)/%=build/asan/%); do \
		echo $$fuzzer; $$fuzzer $${FUZZ_SECONDS:-60} || exit 1; done

bench: ## measure, side by side with other tools
	+@$(BUILDER) -s $(BUILD)/netlab programs
	@BUILD=$(BUILD) tests/bench/run

install: ## install to DESTDIR/PREFIX (/usr/local)
	+@$(BUILDER) $(BUILD)/netlab $(DOCS)
	install -D -m 755 $(BUILD)/netlab $(DESTDIR)$(PREFIX)/bin/netlab
	@for folder in topologies topologies/lessons topologies/problems topologies/exercises; do \
		[ -d $$folder ] || continue; \
		echo install -m 644 $$folder/*.lab $(DESTDIR)$(PREFIX)/share/netlab/$$folder/; \
		install -d $(DESTDIR)$(PREFIX)/share/netlab/$$folder && \
		install -m 644 $$folder/*.lab $(DESTDIR)$(PREFIX)/share/netlab/$$folder/ || exit 1; done
	install -D -m 644 $(BUILD)/netlab.1 $(DESTDIR)$(PREFIX)/share/man/man1/netlab.1
	install -D -m 644 $(BUILD)/netlab.bash-completion \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/netlab

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/netlab $(DESTDIR)$(PREFIX)/share/man/man1/netlab.1 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/netlab
	rm -rf $(DESTDIR)$(PREFIX)/share/netlab

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

programs: $(UNIT) $(HELPERS)
fuzzers: $(FUZZ)

$(BUILD)/libnetlab.a: $(ENGINE)
$(BUILD)/libcli.a: $(filter-out %/main.o,$(CLI))
$(BUILD)/lib%.a:
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/netlab: $(CLI) $(BUILD)/libnetlab.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/netlab.1: $(BUILD)/netlab
	$< --man >$@.new && mv $@.new $@

$(BUILD)/netlab.bash-completion: $(BUILD)/netlab
	$< --bash-completion >$@.new && mv $@.new $@

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Programs of the tests, one source each.
PROGRAM = @mkdir -p $(@D); $(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d -MT $@ $(LDFLAGS) -o $@ $< $1 $(LIBS)

# A unit test may stand in for any function: its own comes first and wins.
$(UNIT): $(BUILD)/%: %.c $(PARTS)
	$(call PROGRAM,$(PARTS) -z muldefs)

# What is fuzzed is pure: a build with the sanitizers need not be whole for it.
$(FUZZ): $(BUILD)/%: %.c tests/fuzz/driver.c $(FUZZED)
	$(call PROGRAM,tests/fuzz/driver.c $(FUZZED))

$(HELPERS): $(BUILD)/%: %.c $(BUILD)/libnetlab.a
	$(call PROGRAM,$(BUILD)/libnetlab.a)

# Changes when the flags do, so that what was built with others is built anew.
$(BUILD)/flags: export FLAGS = $(CC) $(ALL_CFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo "$$FLAGS" | cmp -s - $@ || echo "$$FLAGS" >$@

-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/tests/*/*.d)

.PHONY: all lab check asan clang fuzz bench install uninstall clean help programs fuzzers FORCE
