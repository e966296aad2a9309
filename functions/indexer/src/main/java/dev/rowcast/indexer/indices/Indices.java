package dev.rowcast.indexer.indices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.indexer.bulk.DocumentVerdict;
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

    private static final String UUID = "settings.index.uuid";
    private static final String DYNAMIC = "mappings.dynamic";
    private static final String COLUMNS = "mappings.properties";
    private static final String OPERATION_TYPE = COLUMNS + ".rowcast.properties.operation.type";
    private static final String EXTRA = COLUMNS + "." + Layout.EXTRA;
    private static final String CLOSED = "settings.index.verified_before_close";
    private static final String BLOCKS = "settings.index.blocks";

    private final ElasticsearchClient elasticsearch;
    private final Collection<String> names;

    /// @param names the indices to see to
    public Indices(ElasticsearchClient elasticsearch, Collection<String> names) {
        this.elasticsearch = elasticsearch;
        this.names = List.copyOf(names);
    }

    /// An index that can take documents.
    ///
    /// @param uuid the index itself: one of the same name that is made anew has another
    /// @param layout what it maps
    public record Index(String uuid, Layout layout) {}

    /// Whether all of them can take documents.
    public sealed interface State {

        /// They can.
        ///
        /// @param byName each index by the name that documents are sent to
        record Ready(Map<String, Index> byName) implements State {

            /// Copies the map.
            public Ready {
                byName = Map.copyOf(byName);
            }
        }

        /// They cannot.
        ///
        /// @param verdict `Away` or `Misconfigured`
        record Blocked(DocumentVerdict verdict) implements State {}
    }

    /// Checks every index, and makes those that are missing; blocks until that is done.
    public State prepare() {
        Map<String, Index> ready = new HashMap<>();
        for (String name : names) {
            switch (prepare(name)) {
                case Checked.Fine(Index index) -> ready.put(name, index);
                case Checked.Wrong(DocumentVerdict verdict) -> {
                    return new State.Blocked(verdict);
                }
            }
        }
        return new State.Ready(ready);
    }

    /// The uuid of the index that documents go to now; empty when there is none, or nobody can tell.
    public Optional<String> uuid(String name) {
        Request request = new Request("GET", "/" + name);
        request.addParameter("filter_path", "*." + UUID);
        return elasticsearch.send(request) instanceof ElasticsearchReply.Answered(int status, JsonNode body) && status == 200
                ? Optional.of(at(body.path(firstOf(body)), UUID).asText()).filter(uuid -> !uuid.isEmpty())
                : Optional.empty();
    }

    private sealed interface Checked {
        record Fine(Index index) implements Checked {}

        record Wrong(DocumentVerdict verdict) implements Checked {}
    }

    private Checked prepare(String index) {
        ElasticsearchReply state = state(index);
        if (state instanceof ElasticsearchReply.Answered(int status, JsonNode _) && status == 404) {
            Optional<DocumentVerdict> problem = template(index).or(() -> create(index));
            return problem.<Checked>map(Checked.Wrong::new).orElseGet(() -> check(index, state(index)));
        }
        return check(index, state);
    }

    private ElasticsearchReply state(String index) {
        Request request = new Request("GET", "/" + index);
        request.addParameter("filter_path", "*." + String.join(",*.", UUID, DYNAMIC, COLUMNS, CLOSED, BLOCKS));
        return elasticsearch.send(request);
    }

    private static Checked check(String index, ElasticsearchReply state) {
        return verify(state, body -> problem(index, body).map(DocumentVerdict.Misconfigured::new))
                .<Checked>map(Checked.Wrong::new)
                .orElseGet(() -> new Checked.Fine(index(((ElasticsearchReply.Answered) state).body())));
    }

    private static Index index(JsonNode states) {
        JsonNode state = states.path(firstOf(states));
        Set<String> columns = new HashSet<>();
        at(state, COLUMNS).fieldNames().forEachRemaining(columns::add);
        return new Index(at(state, UUID).asText(), new Layout(columns));
    }

    private static String firstOf(JsonNode states) {
        return states.isEmpty() ? "" : states.fieldNames().next();
    }

    /// Elasticsearch itself tells which template wins: one of somebody else may cover every name.
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
        boolean another = created instanceof ElasticsearchReply.Answered(int status, JsonNode body)
                && status == 400
                && body.path("error").path("type").asText().equals("resource_already_exists_exception");
        return another ? Optional.empty() : verify(created, body -> Optional.empty());
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
        if (!all(states, Indices::takesExtraColumns)) {
            return Optional.of(
                    "index %s maps the field %s so that it can refuse columns that its template does not name: map it as flattened"
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

    /// An index that was made by an older template does not map the object; then it is kept, and not searched.
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

    private static Optional<DocumentVerdict> verify(ElasticsearchReply reply, Function<JsonNode, Optional<DocumentVerdict>> check) {
        return switch (reply) {
            case ElasticsearchReply.Answered answered when answered.isSuccess() -> check.apply(answered.body());
            case ElasticsearchReply.Answered answered
            when WAITS_FOR_SOMEBODY.contains(answered.status()) -> misconfigured(answered.reason());
            case ElasticsearchReply.Answered answered -> Optional.of(new DocumentVerdict.Away(answered.reason()));
            case ElasticsearchReply.NoAnswer(String reason) -> Optional.of(new DocumentVerdict.Away(reason));
        };
    }

    private static Optional<DocumentVerdict> misconfigured(String reason) {
        return Optional.of(new DocumentVerdict.Misconfigured(reason));
    }
}
