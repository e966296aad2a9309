# Every target is one line that you could type yourself. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

export JAVA_HOME := $(shell scripts/find-jdk)
QUIET := org.apache.maven.plugins org.apache.maven.shared org.apache.maven.plugin.compiler com.diffplug io.smallrye io.quarkus
MVN  := mvn --batch-mode --no-transfer-progress $(QUIET:%=-Dorg.slf4j.simpleLogger.log.%=warn) $(MAVEN_ARGS)
JAVA := "$(JAVA_HOME)/bin/java" -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
LOCAL = $(JAVA) -cp "tools/local/target/classes:$$(cat tools/local/target/classpath)"
PROOF = $(JAVA) -cp "tools/proof/target/classes:$$(cat tools/proof/target/classpath)"

# A misspelled variable would change nothing, without a word.
VARIABLES := LOAD IDLE ALSO POSTGRES_PORT KAFKA_PORT CONNECT_PORT ELASTICSEARCH_PORT PAGE_PORT MODEL REASON ROWS SEED SCENARIO MINUTES RATE \
  INPUTS KIND REGISTRY PUSH PLATFORMS VERSION ONLY OVERLAY PATIENCE TABLE DATA MODEL_DIR MAVEN_ARGS JAVA_HOME GRAALVM_HOME
GIVEN     := $(foreach variable,$(.VARIABLES),$(if $(findstring command line,$(origin $(variable))),$(variable)))
UNKNOWN   := $(filter-out $(VARIABLES) MAKEFLAGS CURDIR SHELL,$(GIVEN))
$(if $(UNKNOWN),$(error $(UNKNOWN): no such variable. There are: $(VARIABLES)))

.PHONY: help run schema dead-letters bench bench-concurrency chaos fuzz test build native-build native-test images deploy status undeploy format check-values check-jdk clean clean-data

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

run: check-values build ## Start the whole path on this machine (LOAD=off: quiet; IDLE=10s: seconds to zero; ALSO=examples/loan: another table too); Ctrl-C ends it
	@scripts/until-interrupted $(LOCAL) dev.rowcast.local.Rowcast

schema: ## Print the SQL of a model's tables, as its contract asks for them, for psql (MODEL=file.onnx)
	@$(MAKE) --no-print-directory build >&2
	@scripts/print-or-nothing $(LOCAL) dev.rowcast.local.schema.PrintSchema "$(MODEL)"

dead-letters: build ## List what no function of the running system would take, by reason (REASON=not-json: singly)
	@exec tools/kn-replay/kn-replay dead-letters list --local $(if $(REASON),--reason "$(REASON)")

bench: build ## Measure the whole path on this machine: start, memory, latency, throughput, CPU (ROWS=50000)
	@exec $(PROOF:-Xmx256m=-Xmx1g) $(if $(ROWS),-Dbench.rows=$(ROWS)) dev.rowcast.proof.bench.Bench

bench-concurrency: build ## Measure what one instance of each function does with 1 to 256 events at a time
	@exec $(PROOF:-Xmx256m=-Xmx1g) dev.rowcast.proof.bench.Concurrency

chaos: check-values build ## Break the running system on purpose and prove that nothing is lost (SEED=1, SCENARIO=kill-kafka, MINUTES=60)
	@SEED="$(SEED)" SCENARIO="$(SCENARIO)" MINUTES="$(MINUTES)" RATE="$(RATE)" scripts/until-interrupted $(PROOF:-Xmx256m=-Xmx768m) dev.rowcast.proof.chaos.Chaos

fuzz: INPUTS ?= 1000000
fuzz: SEED ?= $(shell date +%s)
fuzz: check-jdk ## Send damaged events to the decoder and the functions; each must have its answer (INPUTS=1000000, SEED=1)
	@$(MVN) -Dspotless.check.skip -Dfuzz.inputs=$(INPUTS) -Dfuzz.seed=$(SEED) -Djqwik.tries.default=$(INPUTS) -Dtest=MutatedEnvelopesTest -Dit.test=EndpointFuzzIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -pl tools/proof/fuzz,functions/predictor,functions/indexer,functions/retention -am verify

test: check-jdk test-trainer ## Run every test, on the real Postgres, Kafka, Connect and Elasticsearch
	@$(MVN) verify

build: check-jdk ## Compile and package everything, without tests
	@scripts/build-if-changed $(MVN) -DskipTests -Dspotless.check.skip package

native-build: check-jdk ## Build the native executables, with GRAALVM_HOME or in a container
	@scripts/native-build $(MVN)

native-test: check-jdk ## Run every *IT and *ST against the native executables that native-build left
	@$(MVN) verify -Drowcast.native=true -Dquarkus.build.skip=true -Dspotless.check.skip -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false

images: ## Build an image of each function (KIND=native or jvm, REGISTRY=ghcr.io/you, PUSH=yes)
	@scripts/images

deploy: ## Put Rowcast on the cluster that kubectl points to (OVERLAY=laptop or production)
	@OVERLAY="$(or $(OVERLAY),laptop)" scripts/cluster deploy

status: ## Show each station of the path on the cluster
	@scripts/cluster status

undeploy: ## Remove Rowcast and its data from the cluster
	@scripts/cluster undeploy

format: check-jdk ## Format the sources
	$(MVN) -q spotless:apply

clean: ## Remove what builds made
	$(MVN) -q clean

clean-data: ## Remove the local data that `make run` keeps in .rowcast/
	rm -rf .rowcast

# Refuses a wrong value before anything is built.
check-values: check-jdk
	@$(if $(and $(filter run,$(MAKECMDGOALS)),$(strip $(LOAD)$(IDLE)$(ALSO)$(POSTGRES_PORT)$(KAFKA_PORT)$(CONNECT_PORT)$(ELASTICSEARCH_PORT)$(PAGE_PORT))),"$(JAVA_HOME)/bin/java" tools/local/src/main/java/dev/rowcast/local/CheckSettings.java)
	@$(if $(and $(filter chaos,$(MAKECMDGOALS)),$(strip $(SEED)$(SCENARIO)$(MINUTES)$(RATE))),SEED="$(SEED)" SCENARIO="$(SCENARIO)" MINUTES="$(MINUTES)" RATE="$(RATE)" "$(JAVA_HOME)/bin/java" tools/proof/src/main/java/dev/rowcast/proof/chaos/ChaosSettingsCheck.java)

check-jdk:
	@scripts/find-jdk --check

-include trainer-notebook/trainer.mk
