package dev.rowcast.indexer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.bulk.BatchIndexer;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Answer;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Asked;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Verdicts on documents while Elasticsearch fails, over HTTP.
class FailingElasticsearchTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    private final ElasticsearchAnswers answers = new ElasticsearchAnswers(FailingElasticsearchTest::allStored);

    @Test
    void requestIsOneBulkOfLinesThatAsksOnlyForWhatIsRead() {
        index(2);

        Asked asked = answers.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /_bulk");
        assertThat(asked.contentType()).isEqualTo("application/x-ndjson");
        assertThat(asked.query())
                .contains("filter_path=items.*.status,items.*.error,items.*._seq_no", "timeout=5000ms")
                .as("a refresh for each request would cost far more than the request")
                .doesNotContain("refresh");
        assertThat(asked.body()).isEqualTo("""
                {"index":{"_index":"index","_id":"0","version":1,"version_type":"external"}}
                {"n":0,"deleted":false,"rowcast":{"epoch":0,"commit":1,"lsn":1}}
                {"index":{"_index":"index","_id":"1","version":2,"version_type":"external"}}
                {"n":1,"deleted":false,"rowcast":{"epoch":0,"commit":2,"lsn":2}}
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 502, 503, 504})
    void whoeverMustWaitIsToldToComeAgain(int status) {
        answers.answer(asked -> new Answer(status, ""));

        assertThat(index(3)).hasSize(3).hasOnlyElementsOfType(Unavailable.class);
        assertThat(answers.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>welcome</html>", "{\"items\": [", "{\"took\": 1}"})
    void successThatIsNoneIsNotBelieved(String body) {
        answers.answer(asked -> new Answer(200, body));

        assertThat(index(3)).hasSize(3).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void answerLargerThanAnyOfOursIsNotRead() {
        answers.answer(asked -> new Answer(200, " ".repeat(17 << 20)));

        assertThat(index(1)).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void documentTooLargeForElasticsearchIsRejectedAloneWithItsReason() {
        answers.answer(asked -> asked.body().contains("\"_id\":\"5\"") ? new Answer(413, "") : allStored(asked));

        List<Outcome> outcomes = index(9);

        assertThat(outcomes.get(5))
                .isEqualTo(new Rejected(Reason.TOO_LARGE, "index index: Elasticsearch answered 413 without a reason"));
        assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(8);
    }

    @Test
    void silenceEndsInTimeAndTheNextRequestIsAnswered() {
        answers.answer(asked -> answers.silence());

        assertThat(index(2, Duration.ofMillis(200))).hasOnlyElementsOfType(Unavailable.class);
        assertThat(index(2, Duration.ofMillis(200)).getFirst())
                .isInstanceOfSatisfying(
                        Unavailable.class, late -> assertThat(late.message()).contains("did not answer within 200 ms"));

        answers.answer(FailingElasticsearchTest::allStored);
        assertThat(index(2)).hasOnlyElementsOfType(Stored.class);
    }

    @Test
    void silentRequestsGiveTheirConnectionsBack() {
        answers.answer(asked -> answers.silence());
        // More than the client has connections for one host, ten by default.
        IntStream.range(0, 12).forEach(round -> index(1, Duration.ofMillis(20)));

        answers.answer(FailingElasticsearchTest::allStored);
        assertThat(index(2)).hasOnlyElementsOfType(Stored.class);
    }

    @Test
    void nobodyThereIsUnavailable() {
        answers.close();

        assertThat(index(2))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Unavailable.class,
                                none -> assertThat(none.message()).contains("could not be reached")));
    }

    private List<Outcome> index(int documents) {
        return index(documents, TIMEOUT);
    }

    private List<Outcome> index(int documents, Duration timeout) {
        SourceHistory history = new SourceHistory(InstantSource.system());
        return new BatchIndexer(
                        ConditionalStore.in(new ElasticsearchClient(answers.client(), timeout), history),
                        () -> new Preparation.Ready(
                                Map.of("index", new Preparation.Index("u1", new Layout(Set.of("n"))))),
                        history,
                        1 << 20)
                .index(IntStream.range(0, documents)
                        .mapToObj(FailingElasticsearchTest::draft)
                        .toList());
    }

    private static Draft draft(int number) {
        return Drafts.row(
                "index",
                String.valueOf(number),
                new Position(0, number + 1L, number + 1L),
                JsonNodeFactory.instance.objectNode().put("n", number));
    }

    private static Answer allStored(Asked asked) {
        long documents = asked.body().lines().count() / 2;
        String items = String.join(",", Collections.nCopies((int) documents, "{\"index\":{\"status\":201}}"));
        return new Answer(200, "{\"items\":[" + items + "]}");
    }
}
