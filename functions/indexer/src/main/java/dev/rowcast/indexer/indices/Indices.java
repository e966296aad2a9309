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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.elasticsearch.client.Request;

/// The indices that must be there before a document is sent, because Elasticsearch would otherwise make them on its own
/// and guess their mapping.
///
/// An index that is missing is made if an index template covers it. An index whose mapping was guessed is recognised by
/// `rowcast.operation`, which every template maps as `keyword` and which a guess makes `text`.
public final class Indices {

    private static final Set<Integer> WAITS_FOR_SOMEBODY = Set.of(400, 401, 403, 404);

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
        Reply mapping = mapping(index);
        if (mapping instanceof Reply.Answered(int status, JsonNode _) && status == 404) {
            return template(index).or(() -> create(index)).or(() -> verify(index, mapping(index)));
        }
        return verify(index, mapping);
    }

    private Reply mapping(String index) {
        return elasticsearch.send(new Request("GET", "/" + index + "/_mapping"));
    }

    private Optional<Verdict> template(String index) {
        Request request = new Request("GET", "/_index_template");
        request.addParameter("filter_path", "index_templates.index_template.index_patterns");
        return verify(
                elasticsearch.send(request),
                body -> covers(body, index)
                        ? Optional.empty()
                        : misconfigured(
                                "index %s does not exist and no index template covers it: install its template first"
                                        .formatted(index)));
    }

    private static boolean covers(JsonNode templates, String index) {
        return StreamSupport.stream(templates.path("index_templates").spliterator(), false)
                .flatMap(template -> StreamSupport.stream(
                        template.path("index_template").path("index_patterns").spliterator(), false))
                .anyMatch(pattern -> matches(pattern.asText(), index));
    }

    private static boolean matches(String pattern, String index) {
        String regex = Pattern.compile("\\*")
                .splitAsStream(pattern + " ")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.matches(regex, index + " ");
    }

    private Optional<Verdict> create(String index) {
        Reply created = elasticsearch.send(new Request("PUT", "/" + index));
        boolean another = created instanceof Reply.Answered(int status, JsonNode body)
                && status == 400
                && body.path("error").path("type").asText().equals("resource_already_exists_exception");
        return another ? Optional.empty() : verify(created, body -> Optional.empty());
    }

    private static Optional<Verdict> verify(String index, Reply mapping) {
        return verify(
                mapping,
                body -> isExplicit(body)
                        ? Optional.empty()
                        : misconfigured(
                                "index %s was made without its template, so its mapping is guessed: delete it and install the template"
                                        .formatted(index)));
    }

    /// The answer names the concrete index, which is another name where ours is an alias.
    private static boolean isExplicit(JsonNode mappings) {
        return !mappings.isEmpty()
                && StreamSupport.stream(mappings.spliterator(), false)
                        .map(index -> index.at("/mappings/properties/rowcast/properties/operation/type"))
                        .allMatch(type -> type.asText().equals("keyword"));
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
