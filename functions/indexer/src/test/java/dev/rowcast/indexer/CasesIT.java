package dev.rowcast.indexer;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events of cases, which reach the function under types of their own, in a real Elasticsearch.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RealElasticsearch.class, restrictToAnnotatedClass = true)
class CasesIT extends RunningIndexer {

    private static final String INDEX = "retention_case";
    private static final String OPENED = "dev.rowcast.retention.opened";
    private static final String CLOSED = "dev.rowcast.retention.closed";

    @Test
    void openedCaseIsADocumentOfItsCustomer() throws Exception {
        assertThat(deliver(OPENED, opened(70, 1))).isEqualTo(204);

        JsonNode stored = search.document(INDEX, id);
        assertThat(stored.path("_version").asLong()).isEqualTo(new Position(0, 70, 70).version());
        assertThat(stored.at("/_source/status").asText()).isEqualTo("open");
        assertThat(stored.at("/_source/probability").asDouble()).isEqualTo(0.61);
        assertThat(stored.at("/_source/rowcast/operation").asText()).isEqualTo("opened");
        assertThat(stored.at("/_source/rowcast/timestamp").asText()).isEqualTo("2026-03-01T12:00:00.123Z");
        assertThat(stored.at("/_source/position").isMissingNode()).isTrue();
        assertThat(search.count(INDEX, "{'term': {'customerid': '" + id + "'}}"))
                .isEqualTo(1);
    }

    @Test
    void closedCaseStaysADocumentAndALateOpeningDoesNotReopenIt() throws Exception {
        assertThat(deliver(CLOSED, closed(80, 1))).isEqualTo(204);
        assertThat(deliver(OPENED, opened(70, 1))).isEqualTo(204);

        JsonNode source = search.document(INDEX, id).path("_source");
        assertThat(source.path("status").asText()).isEqualTo("closed");
        assertThat(source.path("closed_because").asText()).isEqualTo("below-threshold");

        assertThat(deliver(OPENED, opened(90, 2))).isEqualTo(204);
        JsonNode reopened = search.document(INDEX, id).path("_source");
        assertThat(reopened.path("status").asText()).isEqualTo("open");
        assertThat(reopened.has("closed_at")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"customerid":                                                                     | not-json         | JSON
            []                                                                                 | no-envelope      | object
            {"position": {"epoch": 0, "commit": 1, "lsn": 1}, "opened_at": "2026-03-01T12:00:00Z"}          | key-missing      | customerid
            {"customerid": "a", "opened_at": "2026-03-01T12:00:00Z"}                           | position-missing | position
            {"customerid": "a", "position": {"epoch": 256, "commit": 1, "lsn": 1}, "opened_at": ""}         | position-missing | 256
            {"customerid": "a", "position": {"epoch": 0, "commit": 1, "lsn": -1}, "opened_at": ""}          | position-missing | -1
            {"customerid": "a", "position": {"epoch": 0, "commit": 1, "lsn": 1}}                            | no-envelope      | opened_at
            {"customerid": "a", "position": {"epoch": 0, "commit": 1, "lsn": 1}, "opened_at": "yesterday"}  | not-storable     | opened_at
            """)
    void poisonIsRejectedForGoodAndSaysWhy(String data, String reason, String message) throws Exception {
        HttpResponse<String> answer = sender.deliverEvent(OPENED, data);

        assertRejected(answer, "indexer", reason, message);
    }

    private int deliver(String type, String data) throws Exception {
        return sender.deliverEvent(type, data).statusCode();
    }

    private String opened(long lsn, int number) {
        return """
                {"customerid": "%s", "status": "open", "case_number": %d, "probability": 0.61, "threshold": 0.25,
                 "model_version": "churn-1", "opened_at": "2026-03-01T12:00:00.123Z",
                 "position": {"epoch": 0, "commit": %d, "lsn": %d}}""".formatted(id, number, lsn, lsn);
    }

    private String closed(long lsn, int number) {
        return """
                {"customerid": "%s", "status": "closed", "case_number": %d, "probability": 0.1, "threshold": 0.25,
                 "model_version": "churn-1", "opened_at": "2026-03-01T12:00:00.123Z",
                 "closed_at": "2026-03-01T13:00:00.123Z", "closed_because": "below-threshold",
                 "position": {"epoch": 0, "commit": %d, "lsn": %d}}""".formatted(id, number, lsn, lsn);
    }
}
