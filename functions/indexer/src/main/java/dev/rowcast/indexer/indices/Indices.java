package dev.rowcast.indexer.indices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.indexer.elasticsearch.ElasticsearchReply;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.elasticsearch.client.Request;

/// Checks and creates the indices before the first document is sent, because Elasticsearch would otherwise
/// create them with a dynamic mapping.
///
/// A missing index is created if one of rowcast's index templates matches it. A dynamic mapping is detected
/// by `rowcast.operation`, which every template maps as `keyword` and a dynamic mapping as `text`. A closed
/// index, or one that is blocked for writing, is reported for an operator.
public final class Indices {

    private static final Set<Integer> NEEDS_OPERATOR = Set.of(400, 401, 403, 404);
    private static final List<String> WRITE_BLOCKS = List.of("write", "read_only", "read_only_allow_delete");

    private static final String UUID = "settings.index.uuid";
    private static final String DYNAMIC = "mappings.dynamic";
    private static final String COLUMNS = "mappings.properties";
    private static final String OPERATION_TYPE = COLUMNS + ".rowcast.properties.operation.type";
    private static final String EXTRA = COLUMNS + "." + Layout.EXTRA;
    private static final String CLOSED = "settings.index.verified_before_close";
    private static final String BLOCKS = "settings.index.blocks";

    private final ElasticsearchClient elasticsearch;
    private final Collection<String> names;

    /// @param names the indices to prepare
    public Indices(ElasticsearchClient elasticsearch, Collection<String> names) {
        this.elasticsearch = elasticsearch;
        this.names = List.copyOf(names);
    }

    /// Checks every index and creates the missing ones; blocks.
    public Preparation prepare() {
        Map<String, Preparation.Index> ready = new HashMap<>();
        for (String name : names) {
            Optional<DocumentVerdict> problem = prepare(name, ready);
            if (problem.isPresent()) {
                return new Preparation.Blocked(problem.get());
            }
        }
        return new Preparation.Ready(ready);
    }

    /// The uuid of the index that currently has the name; empty if there is none or it cannot be read.
    public Optional<String> uuid(String name) {
        Request request = new Request("GET", "/" + name);
        request.addParameter("filter_path", "*." + UUID);
        return elasticsearch.send(request) instanceof ElasticsearchReply.Answered(int status, JsonNode body)
                        && status == 200
                ? Optional.of(at(body.path(firstOf(body)), UUID).asText()).filter(uuid -> !uuid.isEmpty())
                : Optional.empty();
    }

    private Optional<DocumentVerdict> prepare(String name, Map<String, Preparation.Index> ready) {
        ElasticsearchReply state = state(name);
        boolean isMissing = state instanceof ElasticsearchReply.Answered(int status, JsonNode _) && status == 404;
        return isMissing
                ? template(name).or(() -> create(name)).or(() -> check(name, state(name), ready))
                : check(name, state, ready);
    }

    private ElasticsearchReply state(String index) {
        Request request = new Request("GET", "/" + index);
        request.addParameter("filter_path", "*." + String.join(",*.", UUID, DYNAMIC, COLUMNS, CLOSED, BLOCKS));
        return elasticsearch.send(request);
    }

    private static Optional<DocumentVerdict> check(
            String name, ElasticsearchReply state, Map<String, Preparation.Index> ready) {
        return verify(state, body -> {
            ready.put(name, index(body));
            return problem(name, body).flatMap(Indices::misconfigured);
        });
    }

    private static Preparation.Index index(JsonNode states) {
        JsonNode state = states.path(firstOf(states));
        Set<String> columns = new HashSet<>();
        at(state, COLUMNS).fieldNames().forEachRemaining(columns::add);
        return new Preparation.Index(at(state, UUID).asText(), new Layout(columns));
    }

    private static String firstOf(JsonNode states) {
        return states.isEmpty() ? "" : states.fieldNames().next();
    }

    /// Elasticsearch decides which template applies, because a foreign template may match every name.
    private Optional<DocumentVerdict> template(String index) {
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

    private Optional<DocumentVerdict> create(String index) {
        ElasticsearchReply created = elasticsearch.send(new Request("PUT", "/" + index));
        boolean exists = created instanceof ElasticsearchReply.Answered(int status, JsonNode body)
                && status == 400
                && body.path("error").path("type").asText().equals("resource_already_exists_exception");
        return exists ? Optional.empty() : verify(created, body -> Optional.empty());
    }

    /// The answer has the name of the index, which differs from the configured name if that is an alias.
    private static Optional<String> problem(String index, JsonNode states) {
        if (states.size() > 1) {
            return Optional.of(
                    "index %s is an alias of %d indices: only one is allowed, because versions are compared within one index"
                            .formatted(index, states.size()));
        }
        if (!all(states, Indices::isExplicit)) {
            return Optional.of(
                    "index %s was created without its template and has a dynamic mapping: delete it and install the template"
                            .formatted(index));
        }
        if (!all(states, Indices::takesExtraColumns)) {
            return Optional.of(
                    "index %s maps the field %s so that it can reject columns that its template does not have: map it as flattened"
                            .formatted(index, Layout.EXTRA));
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

    /// An older template does not map the object, so it is stored but not indexed.
    private static boolean takesExtraColumns(JsonNode state) {
        JsonNode extra = at(state, EXTRA);
        return extra.isMissingNode()
                ? at(state, DYNAMIC).asText().equals("false")
                : extra.path("type").asText().equals("flattened")
                        || extra.path("enabled").asText().equals("false");
    }

    private static boolean all(JsonNode states, Predicate<JsonNode> holds) {
        return !states.isEmpty()
                && StreamSupport.stream(states.spliterator(), false).allMatch(holds);
    }

    private static JsonNode at(JsonNode state, String path) {
        return state.at("/" + path.replace('.', '/'));
    }

    private static Optional<DocumentVerdict> verify(
            ElasticsearchReply reply, Function<JsonNode, Optional<DocumentVerdict>> check) {
        return switch (reply) {
            case ElasticsearchReply.Answered answered when answered.isSuccess() -> check.apply(answered.body());
            case ElasticsearchReply.Answered answered
            when NEEDS_OPERATOR.contains(answered.status()) -> misconfigured(answered.reason());
            case ElasticsearchReply.Answered answered -> Optional.of(new DocumentVerdict.Temporary(answered.reason()));
            case ElasticsearchReply.NoAnswer(String reason) -> Optional.of(new DocumentVerdict.Temporary(reason));
            case ElasticsearchReply.Untrusted(String reason) -> misconfigured(reason);
        };
    }

    private static Optional<DocumentVerdict> misconfigured(String reason) {
        return Optional.of(new DocumentVerdict.Misconfigured(reason));
    }
}
