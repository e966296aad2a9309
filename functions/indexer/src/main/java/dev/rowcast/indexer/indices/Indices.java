package dev.rowcast.indexer.indices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.indexer.bulk.Verdict;
import dev.rowcast.indexer.elasticsearch.Elasticsearch;
import dev.rowcast.indexer.elasticsearch.Reply;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.elasticsearch.client.Request;

/// The indices that must be there before a document is sent, because Elasticsearch would otherwise make them on its own
/// and guess their mapping.
///
/// An index that is missing is made if an index template of ours covers it. An index whose mapping was guessed is
/// recognised by
/// `rowcast.operation`, which every template maps as `keyword` and which a guess makes `text`. An index that is closed,
/// or blocked for writing, waits for somebody too.
public final class Indices {

    private static final Set<Integer> WAITS_FOR_SOMEBODY = Set.of(400, 401, 403, 404);
    private static final List<String> WRITE_BLOCKS = List.of("write", "read_only", "read_only_allow_delete");

    private static final String ALWAYS_THERE = "settings.index.uuid";
    private static final String OPERATION_TYPE = "mappings.properties.rowcast.properties.operation.type";
    private static final String CLOSED = "settings.index.verified_before_close";
    private static final String BLOCKS = "settings.index.blocks";

    private final Elasticsearch elasticsearch;
    private final Collection<String> names;

    /// @param names the indices to see to
    public Indices(Elasticsearch elasticsearch, Collection<String> names) {
        this.elasticsearch = elasticsearch;
        this.names = List.copyOf(names);
    }

    /// Checks every index, and makes those that are missing; blocks until that is done.
    ///
    /// @return what stands in the way, or nothing
    public Optional<Verdict> prepare() {
        return names.stream().map(this::prepare).flatMap(Optional::stream).findFirst();
    }

    private Optional<Verdict> prepare(String index) {
        Reply state = state(index);
        if (state instanceof Reply.Answered(int status, JsonNode _) && status == 404) {
            return template(index).or(() -> create(index)).or(() -> verify(index, state(index)));
        }
        return verify(index, state);
    }

    private Reply state(String index) {
        Request request = new Request("GET", "/" + index);
        request.addParameter("filter_path", "*." + String.join(",*.", ALWAYS_THERE, OPERATION_TYPE, CLOSED, BLOCKS));
        return elasticsearch.send(request);
    }

    /// Elasticsearch itself tells which template wins: one of somebody else may cover every name.
    private Optional<Verdict> template(String index) {
        Request request = new Request("POST", "/_index_template/_simulate_index/" + index);
        request.addParameter("filter_path", "template." + OPERATION_TYPE);
        return verify(
                elasticsearch.send(request),
                body -> isExplicit(body.path("template"))
                        ? Optional.empty()
                        : misconfigured(
                                "index %s does not exist and no index template of ours covers it: install its template first"
                                        .formatted(index)));
    }

    private Optional<Verdict> create(String index) {
        Reply created = elasticsearch.send(new Request("PUT", "/" + index));
        boolean another = created instanceof Reply.Answered(int status, JsonNode body)
                && status == 400
                && body.path("error").path("type").asText().equals("resource_already_exists_exception");
        return another ? Optional.empty() : verify(created, body -> Optional.empty());
    }

    private static Optional<Verdict> verify(String index, Reply state) {
        return verify(state, body -> problem(index, body).map(Verdict.Misconfigured::new));
    }

    /// The answer names the concrete index, which is another name where ours is an alias.
    private static Optional<String> problem(String index, JsonNode states) {
        if (states.size() > 1) {
            return Optional.of(
                    "index %s is an alias of %d indices: let it be one, because versions guard within one only"
                            .formatted(index, states.size()));
        }
        if (!all(states, Indices::isExplicit)) {
            return Optional.of(
                    "index %s was made without its template, so its mapping is guessed: delete it and install the template"
                            .formatted(index));
        }
        if (!all(states, state -> at(state, CLOSED).isMissingNode())) {
            return Optional.of("index %s is closed: open it".formatted(index));
        }
        return WRITE_BLOCKS.stream()
                .filter(block ->
                        !all(states, state -> !at(state, BLOCKS).path(block).asBoolean()))
                .map(block ->
                        "index %s takes no documents while its setting index.blocks.%s is true".formatted(index, block))
                .findFirst();
    }

    private static boolean isExplicit(JsonNode state) {
        return at(state, OPERATION_TYPE).asText().equals("keyword");
    }

    private static boolean all(JsonNode states, Predicate<JsonNode> holds) {
        return !states.isEmpty()
                && StreamSupport.stream(states.spliterator(), false).allMatch(holds);
    }

    private static JsonNode at(JsonNode state, String path) {
        return state.at("/" + path.replace('.', '/'));
    }

    private static Optional<Verdict> verify(Reply reply, Function<JsonNode, Optional<Verdict>> check) {
        return switch (reply) {
            case Reply.Answered answered when answered.isSuccess() -> check.apply(answered.body());
            case Reply.Answered answered
            when WAITS_FOR_SOMEBODY.contains(answered.status()) -> misconfigured(answered.reason());
            case Reply.Answered answered -> Optional.of(new Verdict.Unavailable(answered.reason()));
            case Reply.NoAnswer(String reason) -> Optional.of(new Verdict.Unavailable(reason));
        };
    }

    private static Optional<Verdict> misconfigured(String reason) {
        return Optional.of(new Verdict.Misconfigured(reason));
    }
}
