package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.station.Elasticsearch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real Elasticsearch that is killed, frozen, emptied or closed under a function that goes on running.
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

    private static final String EVENT = Events.update(Events.SOURCE, 7, Events.row("{'customerid': 'a', 'tenure': 7}"));
    private static final List<String> INDICES = List.of(Events.SOURCE, Events.CAPTURED);

    @TestHTTPResource("/")
    URI function;

    @TestHTTPResource("/q/health/ready")
    URI ready;

    Elasticsearch elasticsearch;
    Sender sender;
    SearchClient search;

    @BeforeEach
    void beginWithEmptyIndices() throws Exception {
        sender = new Sender(function);
        search = new SearchClient(elasticsearch.address());
        elasticsearch.start();
        elasticsearch.putTemplates(RealElasticsearch.templates());
        for (String index : INDICES) {
            delete(index);
            search.send("PUT", "/" + index, "");
        }
        awaitNewLook();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    /// Only one look at the indices is under way at a time, so one that tells of what is new began after it, and the
    /// looks before it are over: none makes an index that the test then finds.
    private void awaitNewLook() throws Exception {
        search.send("PUT", "/" + Events.CAPTURED + "/_settings", "{\"index.blocks.write\": true}");
        awaitNotReadyThatSays(Events.CAPTURED + " takes no documents");
        search.send("PUT", "/" + Events.CAPTURED + "/_settings", "{\"index.blocks.write\": null}");
        awaitReady();
    }

    @Test
    void missingTemplateMeansNotReadyAndNoGuessNorTheTemplateOfSomebodyElseUntilItIsThere() throws Exception {
        // Given
        search.send("PUT", "/_index_template/of-somebody-else", """
                {"index_patterns": ["person*"], "priority": 1, "template": {"settings": {"number_of_replicas": 0}}}""");
        INDICES.forEach(index -> delete("_index_template/" + index));
        INDICES.forEach(this::delete);

        // Then
        assertThat(awaitNotReady()).contains("no index template of ours covers it");
        assertComeAgain(sender.post(EVENT));
        assertThat(search.get("/" + Events.SOURCE).path("status").asInt()).isEqualTo(404);

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());

        // Then
        awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate();
    }

    @Test
    void indexAndTemplateThatAreDeletedUnderTheFunctionMeanComeAgainFromTheFirstEventOn() throws Exception {
        // Given
        INDICES.forEach(index -> delete("_index_template/" + index));
        delete(Events.SOURCE);

        // Then
        sender.postAll(Collections.nCopies(50, EVENT)).forEach(OutageIT::assertComeAgain);
        assertThat(search.get("/" + Events.SOURCE).path("status").asInt()).isEqualTo(404);

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());

        // Then
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate();
    }

    @Test
    void documentThatMadeItsIndexIsNotAnsweredAsStored() throws Exception {
        letDocumentsMakeIndices("true");
        try {
            INDICES.forEach(index -> delete("_index_template/" + index));
            delete(Events.SOURCE);

            sender.postAll(Collections.nCopies(50, EVENT)).forEach(OutageIT::assertComeAgain);
        } finally {
            letDocumentsMakeIndices("null");
        }

        elasticsearch.putTemplates(RealElasticsearch.templates());
        delete(Events.SOURCE);
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate();
    }

    private void letDocumentsMakeIndices(String which) throws Exception {
        search.send(
                "PUT", "/_cluster/settings", "{\"persistent\": {\"action.auto_create_index\": %s}}".formatted(which));
    }

    @Test
    void killedElasticsearchMeansComeAgainAndItsReturnNeedsNoRestartOfTheFunction() throws Exception {
        elasticsearch.kill();

        List<HttpResponse<String>> answers = sender.postAll(Collections.nCopies(50, EVENT));
        assertThat(answers).allSatisfy(OutageIT::assertComeAgain);

        elasticsearch.start();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate();
    }

    @Test
    void frozenElasticsearchMeansComeAgainBeforeTheSenderGivesUp() throws Exception {
        elasticsearch.freeze();
        try {
            List<HttpResponse<String>> answers = sender.postAll(Collections.nCopies(50, EVENT));
            assertThat(answers).allSatisfy(OutageIT::assertComeAgain);
        } finally {
            elasticsearch.resume();
        }
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void indexThatSomebodyDeletesComesBackByItsTemplate() throws Exception {
        delete(Events.SOURCE);

        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);

        assertStoredByTheTemplate();
    }

    @Test
    void indexThatCameBackWithAGuessedMappingIsNoticedAndFilledNoFurther() throws Exception {
        // Given
        INDICES.forEach(index -> delete("_index_template/" + index));
        delete(Events.SOURCE);
        letDocumentsMakeIndices("true");
        search.send("PUT", "/" + Events.SOURCE + "/_doc/guessed", "{\"rowcast\": {\"operation\": \"u\"}}");
        letDocumentsMakeIndices("null");

        // Then
        // A look between the two requests finds no index at all, and says so.
        assertThat(awaitNotReadyThatSays("has a dynamic mapping")).contains(Events.SOURCE);
        assertComeAgain(sender.post(EVENT));

        // When
        elasticsearch.putTemplates(RealElasticsearch.templates());
        delete(Events.SOURCE);

        // Then
        awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate();
    }

    @Test
    void closedIndexMeansNotReadyUntilItIsOpenedAndNoDeadLetters() throws Exception {
        search.send("POST", "/" + Events.SOURCE + "/_close", "");

        assertComeAgain(sender.post(EVENT));
        assertThat(awaitNotReady()).contains(Events.SOURCE, "is closed");

        search.send("POST", "/" + Events.SOURCE + "/_open", "");
        awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void blockedIndexMeansNotReadyUntilItIsFreed() throws Exception {
        search.send("PUT", "/" + Events.SOURCE + "/_settings", "{\"index.blocks.write\": true}");

        assertComeAgain(sender.post(EVENT));
        assertThat(awaitNotReady()).contains(Events.SOURCE, "index.blocks.write");

        search.send("PUT", "/" + Events.SOURCE + "/_settings", "{\"index.blocks.write\": null}");
        awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void aliasOfTwoIndicesMeansNotReadyAndNoDeadLetters() throws Exception {
        // Given
        search.send("PUT", "/second", "");
        search.send("PUT", "/" + Events.SOURCE + "/_settings", "{\"index.blocks.write\": true}");
        search.send("POST", "/" + Events.SOURCE + "/_clone/first", "");
        search.send("POST", "/_aliases", """
                {"actions": [{"remove_index": {"index": "%1$s"}},
                             {"add": {"index": "first", "alias": "%1$s"}},
                             {"add": {"index": "second", "alias": "%1$s"}}]}""".formatted(Events.SOURCE));

        // Then
        assertComeAgain(sender.post(EVENT));
        assertThat(awaitNotReadyThatSays("alias of 2 indices")).contains(Events.SOURCE);

        // When
        delete("second");
        search.send("PUT", "/first/_settings", "{\"index.blocks.write\": null}");

        // Then the alias of the one that is left will do
        awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
        assertStoredByTheTemplate("first");
        delete("first");
    }

    private static void assertComeAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    private void assertStoredByTheTemplate() throws Exception {
        assertStoredByTheTemplate(Events.SOURCE);
    }

    private void assertStoredByTheTemplate(String index) throws Exception {
        assertThat(search.document(Events.SOURCE, "a").at("/_source/tenure").asInt())
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

    private void awaitReady() throws Exception {
        while (readiness().statusCode() != 200) {
            Thread.sleep(20);
        }
    }

    private String awaitNotReady() throws Exception {
        return awaitNotReadyThatSays("");
    }

    private String awaitNotReadyThatSays(String why) throws Exception {
        HttpResponse<String> readiness = readiness();
        while (readiness.statusCode() != 503 || !readiness.body().contains(why)) {
            Thread.sleep(20);
            readiness = readiness();
        }
        return readiness.body();
    }

    private HttpResponse<String> readiness() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
        }
    }
}
