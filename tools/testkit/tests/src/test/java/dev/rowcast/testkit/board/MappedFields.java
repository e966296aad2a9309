package dev.rowcast.testkit.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fields of an index, and documents that fill each of them.
///
/// @param types the type of each field, by its path
public record MappedFields(Map<String, String> types) {

    private static final Pattern TERM = Pattern.compile("([\\w.]+):(\\w+)");
    private static final Duration APART = Duration.ofMinutes(5);

    /// The fields of the answer to `GET <index>/_mapping`.
    public static MappedFields of(JsonNode mapping) {
        Map<String, String> types = new TreeMap<>();
        collect(mapping.elements().next().at("/mappings/properties"), "", types);
        return new MappedFields(types);
    }

    private static void collect(JsonNode properties, String prefix, Map<String, String> types) {
        properties.properties().forEach(field -> {
            JsonNode mapping = field.getValue();
            if (mapping.has("properties")) {
                collect(mapping.path("properties"), prefix + field.getKey() + ".", types);
            } else if (mapping.path("enabled").asBoolean(true)) {
                types.put(prefix + field.getKey(), mapping.path("type").asText());
            }
        });
    }

    /// The type of a field as Lens calls it; empty for a field that the index has not.
    public String lensType(String field) {
        return switch (types.getOrDefault(field, "")) {
            case "keyword" -> "string";
            case "short", "integer", "long", "double" -> "number";
            case "boolean" -> "boolean";
            case "date" -> "date";
            default -> "";
        };
    }

    /// The body of a bulk request with documents whose fields have varying values, among them those of queries.
    ///
    /// @param queries in Lucene's syntax
    public String bulk(int documents, List<String> queries) {
        Map<String, List<String>> wanted = new TreeMap<>();
        for (String query : queries) {
            Matcher terms = TERM.matcher(query);
            while (terms.find()) {
                wanted.computeIfAbsent(terms.group(1), _ -> new ArrayList<>()).add(terms.group(2));
            }
        }
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            body.append("{\"index\":{}}\n").append(document(i, wanted)).append('\n');
        }
        return body.toString();
    }

    private ObjectNode document(int number, Map<String, List<String>> wanted) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        types.forEach((field, type) -> {
            ObjectNode parent = document;
            String name = field;
            int point = field.indexOf('.');
            // A column with a point is never mapped, so this is a field of an object.
            if (point > 0) {
                parent = document.withObject(
                        "/" + field.substring(0, point).replace("~", "~0").replace("/", "~1"));
                name = field.substring(point + 1);
            }
            List<String> values = wanted.getOrDefault(field, List.of());
            switch (type) {
                case "keyword" ->
                    parent.put(name, values.isEmpty() ? "value " + number % 3 : values.get(number % values.size()));
                case "boolean" -> parent.put(name, number % 3 == 0);
                case "short", "integer", "long" -> parent.put(name, number % 60);
                case "double" -> parent.put(name, number % 20 / 20.0);
                case "date" ->
                    parent.put(
                            name,
                            Instant.now().minus(APART.multipliedBy(number)).toString());
                default -> {
                    // Other types are not searched by a panel.
                }
            }
        });
        return document;
    }

    /// The errors of a bulk request.
    public static List<String> errors(JsonNode answer) {
        List<String> errors = new ArrayList<>();
        ArrayNode items = (ArrayNode) answer.path("items");
        items.forEach(item -> {
            if (item.at("/index").has("error")) {
                errors.add(item.at("/index/error").toString());
            }
        });
        return errors;
    }
}
