package dev.rowcast.testkit.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A value in a manifest that knows where it stands.
///
/// @param file the manifest, relative to the checkout
/// @param path the place in it, as `spec.delivery.retry`; empty for the whole document
/// @param value what stands there
record Field(String file, String path, JsonNode value) {

    /// {@return the field of that name, which must be there}
    Field at(String name) {
        return find(name).orElseThrow(() -> new ManifestException(file + ": " + below(name) + " is missing"));
    }

    /// {@return the field of that name, if it is there and not null}
    Optional<Field> find(String name) {
        if (!value.isObject()) {
            throw wrong("a mapping");
        }
        JsonNode found = value.path(name);
        return found.isMissingNode() || found.isNull()
                ? Optional.empty()
                : Optional.of(new Field(file, below(name), found));
    }

    /// {@return the field of that name, or an empty mapping in its place}
    Field orEmpty(String name) {
        return find(name).orElseGet(() -> new Field(file, below(name), JsonNodeFactory.instance.objectNode()));
    }

    /// Refuses every field that is not named here, which is how a misspelt one is found.
    Field knowing(String... names) {
        Set<String> known = Set.of(names);
        for (String name : entries().keySet()) {
            if (!known.contains(name)) {
                throw new ManifestException(file + ": " + below(name) + " is not a known field; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    /// {@return the fields of a mapping, in their order}
    Map<String, Field> entries() {
        if (!value.isObject()) {
            throw wrong("a mapping");
        }
        Map<String, Field> entries = new LinkedHashMap<>();
        value.properties()
                .forEach(
                        entry -> entries.put(entry.getKey(), new Field(file, below(entry.getKey()), entry.getValue())));
        return entries;
    }

    /// {@return the values of a list}
    List<Field> items() {
        if (!value.isArray()) {
            throw wrong("a list");
        }
        List<Field> items = new ArrayList<>();
        value.forEach(item -> items.add(new Field(file, path + "[" + items.size() + "]", item)));
        return items;
    }

    /// {@return a text that is not blank}
    String text() {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong("a text");
        }
        return value.textValue();
    }

    /// {@return a text, a number or a truth value as text, as connector and topic settings take them}
    String setting() {
        if (!value.isValueNode()) {
            throw wrong("a single value");
        }
        return value.asText();
    }

    /// {@return a whole number, not negative}
    int count() {
        if (!value.isInt() || value.intValue() < 0) {
            throw wrong("a whole number, not negative");
        }
        return value.intValue();
    }

    /// {@return a whole number written as text, as annotations have it}
    int countInText() {
        try {
            int count = Integer.parseInt(text());
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, with the place.
        }
        throw wrong("a whole number in quotes, not negative");
    }

    /// {@return one of the given texts}
    String oneOf(String... allowed) {
        String text = text();
        if (!List.of(allowed).contains(text)) {
            throw wrong("one of " + String.join(", ", allowed));
        }
        return text;
    }

    /// {@return an ISO 8601 duration such as `PT0.3S`, which is what a `delivery` takes}
    Duration isoDuration() {
        try {
            return Duration.parse(text());
        } catch (DateTimeParseException notIso) {
            throw wrong("an ISO 8601 duration such as PT0.3S");
        }
    }

    /// {@return a Go duration such as `20s` or `1m30s`, which is what annotations of the autoscaler take}
    Duration goDuration() {
        String text = text();
        if (!text.matches("(\\d+h)?(\\d+m)?(\\d+(\\.\\d+)?s)?") || text.isEmpty()) {
            throw wrong("a duration such as 20s or 1m30s");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    ManifestException wrong(String expected) {
        String found = value.isTextual() ? '"' + value.textValue() + '"' : value.toString();
        return new ManifestException(file + ": " + path + " is " + found + ", expected " + expected);
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
