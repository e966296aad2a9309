package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.cluster.FakeCluster.Result;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `make replay`: a job of the deployed recipe, its log and its exit code.
class ReplayScriptTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void deploy() throws Exception {
        JsonNode recipe = Rendered.folder(Checkout.find().root(), "replay").stream()
                .filter(document -> document.path("kind").asText().equals("CronJob"))
                .findFirst()
                .orElseThrow();
        cluster = FakeCluster.complete(folder)
                .with("rowcast/cronjob/kn-replay", recipe.toString())
                .with("rowcast/kafkausers.kafka.strimzi.io/operator", "")
                .with("rowcast/secrets/rowcast-postgres-operator-login", "")
                .with("job/pods", pods("running", "{}"))
                .with("job/log", "1500 accepted, 0 refused\n")
                .with("job/ended", ended(0));
    }

    @Test
    void logIsPrintedAndTheJobIsThatOfTheRecipe() throws Exception {
        Result result = replay("topic churn.public.person_churn_history --sink ksvc:predictor");

        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "job kn-replay-x7k2p: kn replay topic churn.public.person_churn_history"
                                + " --sink ksvc:predictor\n1500 accepted, 0 refused\n"));
        JsonNode job = created();
        JsonNode recipe = JSON.readTree(cluster.read("rowcast/cronjob/kn-replay"));
        assertThat(job.at("/metadata/generateName").asText()).isEqualTo("kn-replay-");
        assertThat(job.at("/spec/template/metadata")).isEqualTo(recipe.at("/spec/jobTemplate/spec/template/metadata"));
        assertThat(job.at("/spec/template/spec/volumes"))
                .isNotEmpty()
                .isEqualTo(recipe.at("/spec/jobTemplate/spec/template/spec/volumes"));
        assertThat(job.at("/spec/backoffLimit").asInt(1)).isZero();
        assertThat(cluster.has("deleted")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        snapshot t --where "contract = 'Two year'"   | snapshot,t,--where,contract = 'Two year'
        topic t --key '{"customerid":"C 1"}'         | topic,t,--key,{"customerid":"C 1"}
        topic t --key a\\ b                          | topic,t,--key,a b
        topic t --key '$(touch injected)' ; `reboot` | topic,t,--key,$$(touch injected),;,`reboot`
        topic t --key "$HOME" *                      | topic,t,--key,$$HOME,*
        topic t --key 'more "than" \\'              | topic,t,--key,more "than" \\
        """)
    void argumentsAreSplitAsByAShellThatExpandsNothing(String arguments, String expected) throws Exception {
        assertThat(replay(arguments)).returns(0, Result::code);

        List<String> words = new ArrayList<>();
        created().at("/spec/template/spec/containers/0/args").forEach(word -> words.add(word.asText()));
        assertThat(words).containsExactly(expected.split(",", -1));
    }

    @Test
    void makePassesArgumentsUnchanged() throws Exception {
        Result result = cluster.bash("make -s replay 'ARGS=topic t --key \"a $(shell echo x) $$b\"'");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(created().at("/spec/template/spec/containers/0/args/3").asText())
                .isEqualTo("a $$(shell echo x) $$$$b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void exitCodeOfAFailedJobIsReturned(int code) throws Exception {
        cluster.with("job/log", "kn replay: Kafka cannot be reached\n").with("job/ended", ended(code));

        Result result = replay("dead-letters list");

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.output())
                .endsWith("kn replay: Kafka cannot be reached\njob kn-replay-x7k2p ended with code " + code + "\n");
    }

    @Test
    void jobThatEndedBeforeItWasSeenIsReportedToo() throws Exception {
        cluster.with("job/pods", ended(2)).with("job/ended", ended(2));

        assertThat(replay("topic")).returns(2, Result::code);
    }

    @ParameterizedTest
    @CsvSource({
        "rowcast/cronjob/kn-replay, There is no recipe cronjob/kn-replay in namespace rowcast",
        "rowcast/kafkausers.kafka.strimzi.io/operator, The job needs secret operator",
        "rowcast/secrets/rowcast-postgres-operator-login, The job needs secret rowcast-postgres-operator-login",
        "server, The connection to the server was refused"
    })
    void missingPartIsNamedAndNothingIsCreated(String part, String message) throws Exception {
        cluster.without(part);

        Result result = replay("dead-letters list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains(message, "make deploy");
        assertThat(cluster.has("job/created")).isFalse();
    }

    @Test
    void jobWhoseImageIsMissingIsDeletedWithTheReason() throws Exception {
        cluster.with(
                "job/pods", pods("waiting", "{\"reason\": \"ImagePullBackOff\", \"message\": \"rowcast/kn-replay\"}"));

        Result result = replay("dead-letters list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).endsWith("""
            Job kn-replay-x7k2p does not start, and is deleted. ImagePullBackOff: rowcast/kn-replay
            events of pod/kn-replay-x7k2p-1
            """);
        assertThat(cluster.read("deleted")).isEqualTo("job/kn-replay-x7k2p\n");
    }

    @Test
    void jobWithoutAPodIsDeletedWhenThePatienceIsOver() throws Exception {
        cluster.with("job/pods", "{\"items\": []}");

        Result result = cluster.bash("exec scripts/replay", "ARGS=dead-letters list", "PATIENCE=0s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("it has no pod that starts", "events of job/kn-replay-x7k2p");
        assertThat(cluster.read("deleted")).isEqualTo("job/kn-replay-x7k2p\n");
    }

    @Test
    void ctrlCStopsTheJobAndPrintsTheRestOfItsLog() throws Exception {
        cluster.with("job/interrupt", "").with("job/log", "Go on with --resume t:0=5-9\n");

        Result result = cluster.bash("exec env --default-signal=INT scripts/replay", "ARGS=topic t");

        assertThat(result.code()).isEqualTo(130);
        assertThat(result.output()).endsWith("Go on with --resume t:0=5-9\nGo on with --resume t:0=5-9\n");
        assertThat(cluster.read("deleted")).isEqualTo("job/kn-replay-x7k2p\n");
    }

    @Test
    void jobForAnotherTableHasItsKafkaUser() throws Exception {
        cluster.with("rowcast/kafkausers.kafka.strimzi.io/operator-loan", "");

        Result result = cluster.bash("exec scripts/replay", "ARGS=topic t", "NAME=loan");

        assertThat(result).returns(0, Result::code);
        assertThat(created().at("/spec/template/spec/volumes").findValuesAsText("secretName"))
                .contains("operator-loan")
                .doesNotContain("operator");
    }

    @ParameterizedTest
    @CsvSource({"loan, The job needs secret operator-loan", "../loan, NAME is ../loan"})
    void unknownTableIsNamedAndNothingIsCreated(String name, String message) throws Exception {
        Result result = cluster.bash("exec scripts/replay", "ARGS=topic t", "NAME=" + name);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains(message);
        assertThat(cluster.has("job/created")).isFalse();
    }

    @Test
    void podThatDisappearsIsReported() throws Exception {
        cluster.with("job/ended", "{\"items\": []}");

        Result result = replay("topic t");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("was deleted while it ran");
    }

    @ParameterizedTest
    @CsvSource({"'', Which command?", "topic 'it''s, ARGS cannot be read: No closing quotation"})
    void wrongArgumentsAreRefused(String arguments, String message) throws Exception {
        Result result = replay(arguments);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).startsWith(message);
        assertThat(cluster.calls()).isEmpty();
    }

    private Result replay(String arguments) throws Exception {
        return cluster.bash("exec scripts/replay", "ARGS=" + arguments);
    }

    private JsonNode created() throws Exception {
        return JSON.readTree(cluster.read("job/created"));
    }

    private static String ended(int code) {
        return pods("terminated", "{\"exitCode\": " + code + "}");
    }

    private static String pods(String state, String detail) {
        return """
            {"items": [{"metadata": {"name": "kn-replay-x7k2p-1"},
                        "status": {"containerStatuses": [{"state": {"%s": %s}}]}}]}
            """.formatted(state, detail);
    }
}
