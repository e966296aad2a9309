package dev.rowcast.testkit.manifest.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One YAML document of a manifest. Each error names the file and the path of the field.
///
/// @param file relative to the checkout
/// @param body the document
public record ManifestDocument(String file, JsonNode body) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .annotationIntrospector(new WithoutAnySetter())
            .build();

    /// The published models collect unknown fields in a map. Without its setter an unknown field is
    /// an error.
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /// {@return API version and kind, such as `v1 Secret`}
    public String kind() {
        return text("apiVersion") + " " + text("kind");
    }

    /// {@return a field of `metadata`}
    ///
    /// @param field such as `name`
    public String metadata(String field) {
        return text("metadata", field);
    }

    /// {@return the document as the type that the maker of its kind publishes}
    ///
    /// @throws ManifestException when a field is unknown or has another type
    public <T> T as(Class<T> model) {
        try {
            return STRICT.treeToValue(body, model);
        } catch (UnrecognizedPropertyException unknown) {
            throw new ManifestException(
                    file + ": " + path(unknown) + " is not a known field; known are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    unknown);
        } catch (MismatchedInputException mismatch) {
            throw wrong(path(mismatch), node(mismatch), expected(mismatch.getTargetType()));
        } catch (JsonProcessingException failure) {
            throw new ManifestException(file + ": " + failure.getOriginalMessage(), failure);
        }
    }

    /// {@return the value of a field that must be there and, when it is a text, must not be blank}
    public <T> T required(T value, String path) {
        if (value == null) {
            throw missing(path);
        }
        if (value instanceof String text && text.isBlank()) {
            throw wrong(path, text, "a text");
        }
        return value;
    }

    /// {@return the value of a number field that must be there and must not be negative}
    public int count(Number value, String path) {
        long count = required(value, path).longValue();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw wrong(path, value, "a whole number, not negative");
        }
        return (int) count;
    }

    /// {@return the value of a field, which must be one of the given texts}
    public String oneOf(String value, String path, String... allowed) {
        if (!Arrays.asList(allowed).contains(required(value, path))) {
            throw wrong(path, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    /// {@return settings of Kafka, Connect or Elasticsearch as text, in their order}
    ///
    /// @param config null for none
    public Map<String, String> settings(Map<String, Object> config, String path) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (config != null) {
            config.forEach((setting, value) -> {
                if (value instanceof Map || value instanceof Collection) {
                    throw wrong(path + "." + setting, value, "a single value");
                }
                settings.put(setting, String.valueOf(value));
            });
        }
        return settings;
    }

    /// {@return the error of a field that is missing}
    public ManifestException missing(String path) {
        return new ManifestException(file + ": " + path + " is missing");
    }

    /// {@return the error of a field that has a wrong value}
    public ManifestException wrong(String path, Object value, String expected) {
        String found = value instanceof String text ? '"' + text + '"' : String.valueOf(value);
        return new ManifestException(file + ": " + path + " is " + found + ", expected " + expected);
    }

    private String text(String... names) {
        String path = String.join(".", names);
        JsonNode node = body.at("/" + String.join("/", names));
        if (node.isMissingNode() || node.isNull()) {
            throw missing(path);
        }
        if (!node.isTextual()) {
            throw wrong(path, node, "a text");
        }
        return required(node.textValue(), path);
    }

    private static String path(JsonMappingException error) {
        return error.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private JsonNode node(JsonMappingException error) {
        JsonNode node = body;
        for (JsonMappingException.Reference step : error.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another value";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number, not negative";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a text";
            default -> List.class.isAssignableFrom(type) ? "a list" : "a mapping";
        };
    }
}
