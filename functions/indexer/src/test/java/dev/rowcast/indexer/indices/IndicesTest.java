package dev.rowcast.indexer.indices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Answer;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Asked;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndicesTest {

    private static final Answer MISSING =
            new Answer(404, "{\"error\": {\"type\": \"index_not_found_exception\", \"reason\": \"no such index\"}}");
    private static final String SIMULATE = "POST /_index_template/_simulate_index/churn";
    private static final Answer EXPLICIT = mapping("keyword");

    /// Answers by request line; what is not here does not exist.
    private final Map<String, Answer> known = new ConcurrentHashMap<>();

    @RegisterExtension
    private final ElasticsearchAnswers answers =
            new ElasticsearchAnswers(asked -> known.getOrDefault(asked.line(), MISSING));

    @Test
    void indexWithAnExplicitMappingIsLeftAlone() {
        known.put("GET /churn", EXPLICIT);

        assertThat(prepare()).isEmpty();
        assertThat(answers.asked()).extracting(Asked::line).containsExactly("GET /churn");
    }

    @Test
    void missingIndexIsMadeFromItsTemplate() {
        answerCreationWith(new Answer(200, "{\"acknowledged\": true}"));

        assertThat(prepare()).isEmpty();
        assertThat(answers.asked()).extracting(Asked::line).contains("PUT /churn");
    }

    /// The index exists after the request to create it, for any answer.
    private void answerCreationWith(Answer creation) {
        known.put(SIMULATE, template("keyword"));
        answers.answer(asked -> {
            if (asked.line().equals("PUT /churn")) {
                known.put("GET /churn", EXPLICIT);
                return creation;
            }
            return known.getOrDefault(asked.line(), MISSING);
        });
    }

    @Test
    void indexThatAnotherClientCreatedMeanwhileIsUsed() {
        answerCreationWith(new Answer(400, "{\"error\": {\"type\": \"resource_already_exists_exception\"}}"));

        assertThat(prepare()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"template\": {}}",
                "{\"template\": {\"mappings\": {\"properties\": {\"rowcast\": {\"properties\": {\"operation\": {\"type\": \"text\"}}}}}}}"
            })
    void missingIndexWithoutATemplateOfOursIsNeverMade(String simulated) {
        known.put(SIMULATE, new Answer(200, simulated));

        assertMisconfigured("churn", "no index template of ours covers it");
        assertThat(answers.asked()).extracting(Asked::line).doesNotContain("PUT /churn");
    }

    @Test
    void indexWithAGuessedMappingIsNotReady() {
        known.put("GET /churn", mapping("text"));

        assertMisconfigured("churn", "without its template");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"verified_before_close": "true"}            | is closed
            {"blocks": {"write": "true"}}                | index.blocks.write
            {"blocks": {"read_only": "true"}}            | index.blocks.read_only
            {"blocks": {"read_only_allow_delete": true}} | index.blocks.read_only_allow_delete
            """)
    void indexThatTakesNoDocumentsIsNotReady(String settings, String why) {
        known.put("GET /churn", state("keyword", settings));

        assertMisconfigured("churn", why);
    }

    /// A late change would find no newer version of its document in the second index, and would be stored there.
    @Test
    void aliasOfSeveralIndicesIsNotReady() {
        known.put("GET /churn", new Answer(200, """
                {"churn-1": {"mappings": {"properties": {"rowcast": {"properties": {"operation": {"type": "keyword"}}}}}},
                 "churn-2": {"settings": {"index": {"uuid": "x"}}}}"""));

        assertMisconfigured("churn", "alias of 2 indices");
    }

    @Test
    void blockThatIsNoneIsLeftAlone() {
        known.put("GET /churn", state("keyword", "{\"blocks\": {\"write\": \"false\"}}"));

        assertThat(prepare()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, Misconfigured",
        "403, Misconfigured",
        "429, Temporary",
        "503, Temporary",
    })
    void failureIsToldAsWhatItIs(int status, String verdict) {
        known.put("GET /churn", new Answer(status, ""));

        assertThat(prepare())
                .hasValueSatisfying(problem ->
                        assertThat(problem.getClass().getSimpleName()).isEqualTo(verdict));
    }

    @Test
    void nobodyThereIsUnavailable() {
        answers.close();

        assertThat(prepare())
                .hasValueSatisfying(problem -> assertThat(problem).isInstanceOf(DocumentVerdict.Temporary.class));
    }

    @Test
    void whatTheIndexMapsIsKnownWithItsUuid() {
        known.put("GET /churn", new Answer(200, """
                {"churn-1": {"mappings": {"dynamic": "false", "properties": {
                               "tenure": {"type": "integer"}, "extra": {"type": "flattened"},
                               "rowcast": {"properties": {"operation": {"type": "keyword"}}}}},
                             "settings": {"index": {"uuid": "u1"}}}}"""));

        assertThat(indices().prepare())
                .isEqualTo(new Preparation.Ready(Map.of(
                        "churn", new Preparation.Index("u1", new Layout(Set.of("tenure", "extra", "rowcast"))))));
        assertThat(indices().uuid("churn")).contains("u1");
    }

    @Test
    void uuidOfNoIndexIsUnknown() {
        assertThat(indices().uuid("churn")).isEmpty();
        answers.close();
        assertThat(indices().uuid("churn")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"dynamic\": \"false\", \"properties\": {%s}",
                "\"dynamic\": \"true\", \"properties\": {\"extra\": {\"type\": \"flattened\"}, %s}",
                "\"properties\": {\"extra\": {\"type\": \"object\", \"enabled\": false}, %s}"
            })
    void indexThatCannotRefuseAnExtraColumnIsTaken(String mapping) {
        known.put("GET /churn", extra(mapping));

        assertThat(prepare()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"properties\": {%s}",
                "\"dynamic\": \"true\", \"properties\": {%s}",
                "\"dynamic\": \"strict\", \"properties\": {%s}",
                "\"dynamic\": \"false\", \"properties\": {\"extra\": {\"type\": \"keyword\"}, %s}",
                "\"dynamic\": \"false\", \"properties\": {\"extra\": {\"properties\": {}}, %s}"
            })
    void indexThatCanRefuseAnExtraColumnIsNotReady(String mapping) {
        known.put("GET /churn", extra(mapping));

        assertMisconfigured("churn", "extra", "flattened");
    }

    private void assertMisconfigured(String... words) {
        assertThat(prepare())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .isInstanceOfSatisfying(
                                DocumentVerdict.Misconfigured.class,
                                found -> assertThat(found.reason()).contains(words)));
    }

    private Optional<DocumentVerdict> prepare() {
        return indices().prepare() instanceof Preparation.Blocked(DocumentVerdict verdict)
                ? Optional.of(verdict)
                : Optional.empty();
    }

    private Indices indices() {
        return new Indices(new ElasticsearchClient(answers.client(), Duration.ofSeconds(10)), List.of("churn"));
    }

    private static Answer extra(String mapping) {
        String rowcast = "\"rowcast\": {\"properties\": {\"operation\": {\"type\": \"keyword\"}}}";
        return new Answer(200, "{\"churn-1\": {\"mappings\": {%s}}}".formatted(mapping.formatted(rowcast)));
    }

    private static Answer mapping(String operationType) {
        return state(operationType, "{}");
    }

    private static Answer state(String operationType, String settings) {
        return new Answer(200, """
                {"churn-1": {"mappings": {"dynamic": "false",
                                          "properties": {"rowcast": {"properties": {"operation": {"type": "%s"}}}}},
                             "settings": {"index": %s}}}""".formatted(operationType, settings));
    }

    private static Answer template(String operationType) {
        return new Answer(200, """
                {"template": {"mappings": {"properties": {"rowcast": {"properties": {"operation": {"type": "%s"}}}}}}}""".formatted(operationType));
    }
}
