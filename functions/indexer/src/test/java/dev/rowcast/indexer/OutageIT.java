package dev.rowcast.indexer;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.FunctionAnswers;
import dev.rowcast.testkit.function.FunctionHealth;
import dev.rowcast.testkit.station.Elasticsearch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real Elasticsearch that is killed, frozen, emptied or closed while the function runs.
@QuarkusIntegrationTest
@Timeout(180)
@QuarkusTestResource(
        value = RealElasticsearch.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "rowcast.indexer.request-timeout", value = "3s"),
            @ResourceArg(name = "rowcast.indexer.readiness-interval", value = "100ms")
        })
class OutageIT {

    private static final String EVENT =
            TableEvents.update(TableEvents.SOURCE, 7, DebeziumEvent.columns("{'customerid': 'a', 'tenure': 7}"));
    private static final List<String> INDICES = List.of(TableEvents.SOURCE, TableEvents.CAPTURED);

    /// The timeout of KafkaSource, as in knative/source-indexer.yaml.
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    URI function;

    Elasticsearch elasticsearch;
    EventClient sender;
    FunctionHealth health;
    SearchClient search;

    @BeforeEach
    void beginWithEmptyIndices() throws Exception {
        sender = new EventClient(function, DELIVERY_TIMEOUT);
        health = new FunctionHealth(function);
        search = new SearchClient(elasticsearch.address());
        elasticsearch.start();
        elasticsearch.putTemplates(RealElasticsearch.templates());
        for (String index : INDICES) {
            delete(index);
            search.send("PUT", "/" + index, "");
        }
        awaitNewCheck();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    /// Waits until the function has checked the indices again. It runs one check at a time: when it reports the new
    /// block, no earlier check can still create an index.
    private void awaitNewCheck() throws Exception {
        blockWrites(TableEvents.CAPTURED, true);
        health.awaitNotReady(TableEvents.CAPTURED + " takes no documents");
        blockWrites(TableEvents.CAPTURED, false);
        health.awaitReady();
    }

    private void blockWrites(String index, boolean block) throws Exception {
        String write = block ? "true" : "null";
        search.send("PUT", "/" + index + "/_settings", "{\"index.blocks.write\": %s}".formatted(write));
    }

    @Test
    void missingTemplateMeansNotReadyAndNoGuessedIndex() throws Exception {
        // Given
        search.send("PUT", "/_index_template/foreign", """
                {"index_patterns": ["person*"], "priority": 1, "template": {"settings": {"number_of_replicas": 0}}}""");
        INDICES.forEach(index -> delete("_index_template/" + index));
        INDICES.forEach(this::delete);

        // Then
        health.awaitNotReady("no index template of ours covers it");
        assertRetryLater(sender.post(EVENT));
        assertThat(search.get("/" + TableEvents.SOURCE).path("status").asInt()).isEqualTo(404);

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());

        // Then
        health.awaitReady();
        assertStoredByTheTemplate();
    }

    @Test
    void deletedIndexAndTemplateMeanRetriesFromTheFirstEvent() throws Exception {
        // Given
        INDICES.forEach(index -> delete("_index_template/" + index));
        delete(TableEvents.SOURCE);

        // Then
        sender.postAll(Collections.nCopies(50, EVENT)).forEach(FunctionAnswers::assertRetryLater);
        assertThat(search.get("/" + TableEvents.SOURCE).path("status").asInt()).isEqualTo(404);

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());

        // Then
        assertStoredByTheTemplate();
    }

    @Test
    void documentThatCreatedItsIndexIsNotAnsweredAsStored() throws Exception {
        letDocumentsCreateIndices("true");
        try {
            INDICES.forEach(index -> delete("_index_template/" + index));
            delete(TableEvents.SOURCE);

            sender.postAll(Collections.nCopies(50, EVENT)).forEach(FunctionAnswers::assertRetryLater);
        } finally {
            letDocumentsCreateIndices("null");
        }

        elasticsearch.putTemplates(RealElasticsearch.templates());
        delete(TableEvents.SOURCE);
        assertStoredByTheTemplate();
    }

    private void letDocumentsCreateIndices(String which) throws Exception {
        search.send(
                "PUT", "/_cluster/settings", "{\"persistent\": {\"action.auto_create_index\": %s}}".formatted(which));
    }

    @Test
    void killedElasticsearchMeansRetriesAndNoRestart() throws Exception {
        elasticsearch.kill();

        List<HttpResponse<String>> answers = sender.postAll(Collections.nCopies(50, EVENT));
        assertThat(answers).allSatisfy(FunctionAnswers::assertRetryLater);

        elasticsearch.start();
        assertStoredByTheTemplate();
    }

    @Test
    void frozenElasticsearchMeansARetryBeforeTheSenderGivesUp() throws Exception {
        elasticsearch.freeze();
        try {
            List<HttpResponse<String>> answers = sender.postAll(Collections.nCopies(50, EVENT));
            assertThat(answers).allSatisfy(FunctionAnswers::assertRetryLater);
        } finally {
            elasticsearch.resume();
        }
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void deletedIndexIsCreatedAgainByItsTemplate() throws Exception {
        delete(TableEvents.SOURCE);

        assertStoredByTheTemplate();
    }

    @Test
    void indexWithAGuessedMappingMeansNotReadyAndIsNotFilled() throws Exception {
        // Given
        INDICES.forEach(index -> delete("_index_template/" + index));
        delete(TableEvents.SOURCE);
        letDocumentsCreateIndices("true");
        search.send("PUT", "/" + TableEvents.SOURCE + "/_doc/guessed", "{\"rowcast\": {\"operation\": \"u\"}}");
        letDocumentsCreateIndices("null");

        // Then
        // A check between the two requests finds no index, and reports that.
        assertThat(health.awaitNotReady("has a dynamic mapping")).contains(TableEvents.SOURCE);
        assertRetryLater(sender.post(EVENT));

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());
        delete(TableEvents.SOURCE);

        // Then
        health.awaitReady();
        assertStoredByTheTemplate();
    }

    @Test
    void closedIndexMeansNotReadyUntilItIsOpenedAndNoDeadLetters() throws Exception {
        search.send("POST", "/" + TableEvents.SOURCE + "/_close", "");

        assertRetryLater(sender.post(EVENT));
        assertThat(health.awaitNotReady("")).contains(TableEvents.SOURCE, "is closed");

        search.send("POST", "/" + TableEvents.SOURCE + "/_open", "");
        assertTakesEventsAgain();
    }

    @Test
    void blockedIndexMeansNotReadyUntilItIsFreed() throws Exception {
        blockWrites(TableEvents.SOURCE, true);

        assertRetryLater(sender.post(EVENT));
        assertThat(health.awaitNotReady("")).contains(TableEvents.SOURCE, "index.blocks.write");

        blockWrites(TableEvents.SOURCE, false);
        assertTakesEventsAgain();
    }

    @Test
    void aliasOfTwoIndicesMeansNotReadyAndNoDeadLetters() throws Exception {
        // Given
        search.send("PUT", "/second", "");
        blockWrites(TableEvents.SOURCE, true);
        search.send("POST", "/" + TableEvents.SOURCE + "/_clone/first", "");
        search.send("POST", "/_aliases", """
                {"actions": [{"remove_index": {"index": "%1$s"}},
                             {"add": {"index": "first", "alias": "%1$s"}},
                             {"add": {"index": "second", "alias": "%1$s"}}]}""".formatted(TableEvents.SOURCE));

        // Then
        assertRetryLater(sender.post(EVENT));
        assertThat(health.awaitNotReady("alias of 2 indices")).contains(TableEvents.SOURCE);

        // When
        delete("second");
        blockWrites("first", false);

        // Then the alias of the one that is left will do
        health.awaitReady();
        assertStoredByTheTemplate("first");
        delete("first");
    }

    private void assertTakesEventsAgain() throws Exception {
        health.awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    private void assertStoredByTheTemplate() throws Exception {
        assertStoredByTheTemplate(TableEvents.SOURCE);
    }

    /// Delivers the event. Fails unless the index that the template describes contains it.
    private void assertStoredByTheTemplate(String index) throws Exception {
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertThat(search.document(TableEvents.SOURCE, "a")
                        .at("/_source/tenure")
                        .asInt())
                .isEqualTo(7);
        assertThat(search.get("/" + index).at("/" + index + "/mappings/dynamic").asText())
                .isEqualTo("false");
    }

    private void delete(String path) {
        try {
            search.send("DELETE", "/" + path, "");
        } catch (Exception e) {
            throw new AssertionError("DELETE " + path, e);
        }
    }
}
