# Every target is one command. `make` without a target lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

export JAVA_HOME := $(shell scripts/find-jdk)
QUIET := org.apache.maven.plugins org.apache.maven.shared org.apache.maven.plugin.compiler com.diffplug io.smallrye io.quarkus
# The goal `build` of Quarkus warns with Maven 3.8 that its extensions are not enabled, although they are.
WRONG := io.quarkus.maven.BuildMojo
MVN  := mvn --batch-mode --no-transfer-progress $(QUIET:%=-Dorg.slf4j.simpleLogger.log.%=warn) $(WRONG:%=-Dorg.slf4j.simpleLogger.log.%=error) $(MAVEN_ARGS)
# NATIVE=yes: the functions are the executables of native-build.
JAVA := "$(JAVA_HOME)/bin/java" $(if $(filter yes,$(NATIVE)),-Drowcast.native=true) -Xmx256m -Xms48m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
# Compiles one file and runs it: a quick start.
CHECK := "$(JAVA_HOME)/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1
LOCAL = $(JAVA) -cp "tools/local/target/classes:$$(cat tools/local/target/classpath)"
PROOF = $(JAVA) -cp "tools/proof/target/classes:$$(cat tools/proof/target/classpath)"

# A misspelled variable would silently change nothing.
VARIABLES := LOAD IDLE ALSO METRICS NATIVE POSTGRES_PORT KAFKA_PORT CONNECT_PORT ELASTICSEARCH_PORT PAGE_PORT PROMETHEUS_PORT MODEL REASON ROWS SEED SCENARIO MINUTES RATE \
  INPUTS ARGS KIND REGISTRY PUSH PLATFORMS VERSION ONLY OVERLAY MANIFESTS PATIENCE TABLE RULE DATA MODEL_DIR QUICK ANYWAY HOLDOUT CHECK_WITH OUTPUT CLASSES \
  LABEL KEY NAME OUT DIFF FORCE EXISTING APPLY ACTION CLASS THRESHOLD BOUND HYSTERESIS GUARD CHROME_PATH MAVEN_ARGS JAVA_HOME GRAALVM_HOME
GIVEN     := $(foreach variable,$(.VARIABLES),$(if $(findstring command line,$(origin $(variable))),$(variable)))
UNKNOWN   := $(filter-out $(VARIABLES) MAKEFLAGS CURDIR SHELL,$(GIVEN))
$(if $(UNKNOWN),$(error $(UNKNOWN): no such variable. Known variables: $(VARIABLES)))

.PHONY: help run table schema cases dead-letters page-check page-pictures page-recording bench bench-table bench-newcomer bench-concurrency bench-peers test-peers bench-poll bench-start chaos fuzz test build native-build native-test images manifests deploy status undeploy replay kind promtool boards format check-values check-jdk clean clean-data

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

run: check-values build ## Run the whole path on this machine (LOAD=off: no load; IDLE=10s: idle time of functions; ALSO=examples/loan: one more table; METRICS=yes: a Prometheus; NATIVE=yes: the executables of native-build); Ctrl-C stops it
	@scripts/until-interrupted $(LOCAL) dev.rowcast.local.Rowcast

# The URI as it was typed: no shell interprets it.
override export EXISTING := $(value EXISTING)
# A class may have any character, too.
override export CLASS := $(value CLASS)
table: check-jdk ## Write the folder of a table from its model: schema, manifests, documents (MODEL=mine.onnx, or TABLE=mine.toml DATA=mine.csv: train it first; NAME=mine, OUT=examples/mine; DIFF=yes: show what would change; FORCE=yes: replace edited files; EXISTING=postgresql://…: check your database, and APPLY=yes change it; ACTION=threshold, class with CLASS=name, above or below with BOUND=9: open a case for such a prediction; THRESHOLD, HYSTERESIS)
	@MODEL="$(MODEL)" TABLE="$(TABLE)" NAME="$(NAME)" OUT="$(OUT)" DIFF="$(DIFF)" FORCE="$(FORCE)" APPLY="$(APPLY)" ACTION="$(ACTION)" THRESHOLD="$(THRESHOLD)" BOUND="$(BOUND)" HYSTERESIS="$(HYSTERESIS)" scripts/table $(JAVA) -cp tools/table/target/classes

schema: ## Print the SQL for the tables of a model, from its contract, for psql (MODEL=file.onnx)
	@$(MAKE) --no-print-directory build >&2
	@scripts/print-or-nothing $(LOCAL) dev.rowcast.local.schema.PrintSchema "$(MODEL)"

cases: ## Print the SQL for a case table of an action, for psql (MODEL=file.onnx TABLE=schema.table RULE=threshold|class|above|below)
	@$(MAKE) --no-print-directory build >&2
	@scripts/print-or-nothing $(LOCAL) dev.rowcast.local.schema.PrintCases "$(MODEL)" "$(TABLE)" "$(RULE)"

dead-letters: build ## List the dead letters of the running system, by reason (REASON=not-json: each one)
	@exec tools/kn-replay/kn-replay dead-letters list --local $(if $(REASON),--reason "$(REASON)")

page-check: ## Check the live page of the running system: axe in light, dark and at 360 px, and Lighthouse (needs Chromium, Node and npm; CHROME_PATH=…)
	@scripts/page-check

page-pictures: ## Take pictures of the live page of the running system, in target/pictures (needs Chromium and Node; CHROME_PATH=…)
	@scripts/page-pictures

page-recording: ## Record the live page of the running system (make run LOAD=off) for 20 seconds, from zero over a burst to a row (needs Chromium and Node; CHROME_PATH=…)
	@scripts/record-page

bench: check-values build ## Measure the whole path on this machine: start, memory, latency, throughput, CPU (ROWS=50000, NATIVE=yes)
	@exec $(PROOF:-Xmx256m=-Xmx1g) $(if $(ROWS),-Dbench.rows=$(ROWS)) dev.rowcast.proof.bench.Bench

bench-table: build ## Measure the time from make table to the first scored row of a new table (MODEL=examples/penguins/penguins.onnx)
	@MODEL="$(MODEL)" scripts/bench-table $(JAVA) -cp

bench-newcomer: check-jdk ## Measure a newcomer's way: clone of this checkout, make run, a changed customer, its score, document, trace and case
	@MAVEN_ARGS="$(MAVEN_ARGS)" scripts/bench-newcomer

PEERS = $(JAVA) -cp "tools/peers/driver/target/classes:$$(cat tools/peers/driver/target/classpath)"
bench-peers: check-jdk ## Measure Rowcast beside Kafka Streams, Flink and Spark (ONLY=rowcast,flink, ROWS=200000, GUARD=no: their plain upserts; OUT=docs/benchmark: write the results there)
	@BUILT=target/built-peers scripts/build-if-changed $(MVN) -Ppeers -DskipTests -Dspotless.check.skip package
	@exec $(PEERS:-Xmx256m=-Xmx768m) $(if $(ONLY),-Dbench.only=$(ONLY)) $(if $(ROWS),-Dbench.rows=$(ROWS)) $(if $(GUARD),-Dbench.guard=$(GUARD)) $(if $(OUT),-Dbench.out=$(OUT)) dev.rowcast.peers.BenchPeers

test-peers: check-jdk ## Test the peers of bench-peers, with a short run of it
	@$(MVN) verify -Ppeers -Dspotless.check.skip -Dtest=ForestModelTest,ChangeReaderTest,LoadAndReportTest -Dit.test=PeersST -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -pl tools/peers/driver,tools/peers/streams,tools/peers/flink,tools/peers/spark -am

bench-concurrency: check-values build ## Measure one instance of each function with 1 to 256 concurrent events (NATIVE=yes)
	@exec $(PROOF:-Xmx256m=-Xmx1g) dev.rowcast.proof.bench.Concurrency

bench-poll: build ## Measure latency and idle CPU by the connectors' poll.interval.ms (500 to 1 ms)
	@exec $(PROOF:-Xmx256m=-Xmx1g) dev.rowcast.proof.bench.PollIntervals

bench-start: build ## Measure the start of make run: up, and first row scored, on an empty folder and again on its data
	@exec $(PROOF) dev.rowcast.proof.bench.Starts

chaos: check-values build ## Break the running system and prove that nothing is lost (SEED=1, SCENARIO=kill-kafka, MINUTES=60, NATIVE=yes)
	@SEED="$(SEED)" SCENARIO="$(SCENARIO)" MINUTES="$(MINUTES)" RATE="$(RATE)" scripts/until-interrupted $(PROOF:-Xmx256m=-Xmx768m) dev.rowcast.proof.chaos.Chaos

fuzz: INPUTS ?= 1000000
fuzz: SEED ?= $(shell date +%s)
fuzz: check-jdk ## Send damaged events to the decoder and the functions; each must get a valid answer (INPUTS=1000000, SEED=1)
	@$(MVN) -Dspotless.check.skip -Dfuzz.inputs=$(INPUTS) -Dfuzz.seed=$(SEED) -Djqwik.tries.default=$(INPUTS) -Dtest=MutatedEnvelopesTest "-Dit.test=*FuzzIT" -Dintegration.test.timeout=7d -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -pl tools/proof/fuzz,functions/predictor,functions/indexer,functions/retention -am verify

test: check-jdk ## Run every test, on the real Postgres, Kafka, Connect and Elasticsearch
	@scripts/test $(MVN)

build: check-jdk ## Compile and package everything, without tests
	@scripts/build-if-changed $(MVN) -DskipTests -Dspotless.check.skip package

native-build: check-jdk ## Build the native executables beside the build for the JVM, with GraalVM or in a container (ONLY=kn-replay)
	@scripts/native-build $(MVN)

native-test: check-jdk ## Run every *IT and *ST against the native executables of native-build
	@$(MVN) verify -Drowcast.native=true -Dquarkus.build.skip=true -Dspotless.check.skip -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false

images: ## Build the images: functions, kn-replay, Kafka Connect (KIND=native or jvm, REGISTRY=ghcr.io/you, PUSH=yes)
	@scripts/images

manifests: ## Write the manifests of each overlay into one file, target/manifests/rowcast-<version>-<overlay>.yaml (VERSION=0.1.0, REGISTRY=ghcr.io/you)
	@scripts/manifests

deploy: ## Deploy Rowcast to the cluster of kubectl (OVERLAY=laptop or production, REGISTRY=ghcr.io/you; MANIFESTS=file of a release)
	@scripts/cluster deploy

status: ## Show the state of each station of the path on the cluster
	@scripts/cluster status

undeploy: ## Remove Rowcast and its data from the cluster
	@scripts/cluster undeploy

# The text as it was typed: make would expand a $ in it.
override export ARGS := $(value ARGS)
replay: ## Run kn replay as a job in the cluster of kubectl (ARGS="dead-letters list", NAME=loan: for an additional table)
	@NAME="$(NAME)" scripts/replay

kind: check-jdk ## Create a cluster with kind, deploy Rowcast to it and score one row
	@scripts/kind

promtool: ## Build promtool once, with Go, so that make test checks the alerts too
	@scripts/promtool install

boards: build ## Write the saved objects of Kibana, eck/kibana/rowcast.ndjson, from eck/kibana/boards.yaml
	@$(JAVA) -cp "tools/table/target/classes:$$(cat tools/table/target/classpath)" dev.rowcast.table.kibana.WriteBoards

format: check-jdk ## Format the sources
	$(MVN) -q spotless:apply

clean: ## Remove the output of builds
	$(MVN) -q clean

clean-data: ## Remove the local data that `make run` keeps in .rowcast/
	rm -rf .rowcast

# Refuses a wrong value before anything is built.
check-values: check-jdk
	@$(if $(or $(strip $(NATIVE)),$(and $(filter run,$(MAKECMDGOALS)),$(strip $(LOAD)$(IDLE)$(ALSO)$(METRICS)$(POSTGRES_PORT)$(KAFKA_PORT)$(CONNECT_PORT)$(ELASTICSEARCH_PORT)$(PAGE_PORT)$(PROMETHEUS_PORT)))),$(CHECK) tools/local/src/main/java/dev/rowcast/local/CheckSettings.java)
	@$(if $(and $(filter run,$(MAKECMDGOALS)),$(filter yes,$(strip $(METRICS)))),scripts/promtool install prometheus > /dev/null)
	@$(if $(and $(filter chaos,$(MAKECMDGOALS)),$(strip $(SEED)$(SCENARIO)$(MINUTES)$(RATE))),SEED="$(SEED)" SCENARIO="$(SCENARIO)" MINUTES="$(MINUTES)" RATE="$(RATE)" $(CHECK) tools/proof/src/main/java/dev/rowcast/proof/chaos/ChaosSettingsCheck.java)

check-jdk:
	@scripts/find-jdk --check

-include trainer-notebook/trainer.mk
