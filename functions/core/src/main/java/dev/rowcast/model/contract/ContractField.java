package dev.rowcast.model.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.model.output.Histogram;
import dev.rowcast.model.sql.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A value in a contract's document, with its path for messages.
///
/// @param path such as `features[3].type`, empty for the whole document
/// @param value the value at this path
record ContractField(String path, JsonNode value) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// The document.
    ///
    /// @throws ContractException if it is not JSON
    static ContractField parse(String json) {
        try {
            return new ContractField("", JSON.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new ContractException("contract: not JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    ContractException fault(String message) {
        return new ContractException("contract: " + (path.isEmpty() ? "" : path + ": ") + message);
    }

    /// A fault of a field of this object.
    ContractException fault(String name, String message) {
        return field(name).fault(message);
    }

    /// A field of this object.
    ///
    /// @throws ContractException if this is not an object, or the field is missing or null
    ContractField field(String name) {
        if (!value.isObject()) {
            throw fault("expected an object, found " + describe());
        }
        ContractField field = new ContractField(path.isEmpty() ? name : path + "." + name, value.path(name));
        if (field.value.isMissingNode() || field.value.isNull()) {
            throw field.fault("is missing");
        }
        return field;
    }

    ContractField object(String name) {
        ContractField field = field(name);
        if (!field.value.isObject()) {
            throw field.fault("expected an object, found " + field.describe());
        }
        return field;
    }

    /// Returns whether this object has a field with this name, even if it is null.
    boolean has(String name) {
        return value.has(name);
    }

    String text(String name) {
        return field(name).asText();
    }

    /// A text that matches a pattern completely.
    ///
    /// @param like a description of the pattern, for the message
    String text(String name, Pattern pattern, String like) {
        ContractField field = field(name);
        String text = field.asText();
        if (!pattern.matcher(text).matches()) {
            throw field.fault("expected " + like + ", found " + field.describe());
        }
        return text;
    }

    double number(String name) {
        return field(name).asNumber();
    }

    /// A number from 0 to 1.
    double probability(String name) {
        return field(name).asProbability();
    }

    double asProbability() {
        double number = asNumber();
        if (number < 0 || number > 1) {
            throw fault("expected a probability from 0 to 1, found " + number);
        }
        return number;
    }

    /// @throws ContractException if this object has one of these fields
    void refuse(String reason, String... names) {
        for (String name : names) {
            if (has(name)) {
                throw new ContractField(path + "." + name, value.path(name)).fault(reason);
            }
        }
    }

    /// @throws ContractException if this is the name of one of these SQL types, of any length
    void refuseType(Set<String> types, String reason) {
        if (types.contains(value.asText().replaceAll("\\(.*", ""))) {
            throw fault(describe() + " " + reason);
        }
    }

    /// This object as a distribution of numbers.
    Histogram histogram() {
        List<Double> edges = numbers("edges");
        List<Long> counts = counts("counts");
        if (counts.isEmpty() || edges.size() != counts.size() + 1) {
            throw fault("needs one edge more than counts, found " + edges.size() + " edges and " + counts.size()
                    + " counts");
        }
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw fault("edges", "edge " + edges.get(i) + " is not above " + edges.get(i - 1));
            }
        }
        return new Histogram(edges, counts);
    }

    /// An object with at least one field, as a row.
    Row row(String name) {
        ContractField field = object(name);
        if (field.value.isEmpty()) {
            throw field.fault("needs at least one column");
        }
        return new Row((ObjectNode) field.value);
    }

    long count(String name) {
        return field(name).asCount();
    }

    List<ContractField> elements(String name) {
        ContractField field = field(name);
        if (!field.value.isArray()) {
            throw field.fault("expected a list, found " + field.describe());
        }
        List<ContractField> elements = new ArrayList<>(field.value.size());
        for (int i = 0; i < field.value.size(); i++) {
            elements.add(new ContractField(field.path + "[" + i + "]", field.value.get(i)));
        }
        return elements;
    }

    List<String> texts(String name) {
        return elements(name).stream().map(ContractField::asText).toList();
    }

    /// One or more different texts.
    List<String> differentTexts(String name, String what) {
        List<String> texts = texts(name);
        field(name).requireDifferent(texts, what);
        return texts;
    }

    /// @throws ContractException if there are no texts, or two are equal
    void requireDifferent(List<String> texts, String what) {
        if (texts.isEmpty()) {
            throw fault("needs at least one " + what);
        }
        Set<String> seen = new HashSet<>();
        for (String text : texts) {
            if (!seen.add(text)) {
                throw fault(what + " " + text + " occurs twice");
            }
        }
    }

    List<SqlType> sqlTypes(String name) {
        return elements(name).stream().map(ContractField::asSqlType).toList();
    }

    SqlType sqlType(String name) {
        return field(name).asSqlType();
    }

    List<Double> numbers(String name) {
        return elements(name).stream().map(ContractField::asNumber).toList();
    }

    List<Long> counts(String name) {
        return elements(name).stream().map(ContractField::asCount).toList();
    }

    /// One count for each of several things.
    List<Long> counts(String name, int number, String things) {
        List<Long> counts = counts(name);
        if (counts.size() != number) {
            throw fault(name, "expected one count for each of " + number + " " + things + ", found " + counts.size());
        }
        return counts;
    }

    /// A whole number within limits.
    int count(String name, int least, int most) {
        ContractField field = field(name);
        long count = field.asCount();
        if (count < least || count > most) {
            throw field.fault("expected a whole number from " + least + " to " + most + ", found " + count);
        }
        return (int) count;
    }

    Map<String, Double> numbersByName() {
        Map<String, Double> numbers = new TreeMap<>();
        value.fieldNames().forEachRemaining(name -> numbers.put(name, number(name)));
        return numbers;
    }

    private String asText() {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw fault("expected a text, found " + describe());
        }
        return value.textValue();
    }

    private SqlType asSqlType() {
        String name = asText();
        if (!SqlType.isKnown(name)) {
            throw fault("expected a SQL type such as text, bigint or numeric(10,2), found " + describe());
        }
        return new SqlType(name);
    }

    private double asNumber() {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw fault("expected a finite number, found " + describe());
        }
        return value.doubleValue();
    }

    private long asCount() {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw fault("expected a whole number of 0 or more, found " + describe());
        }
        return value.longValue();
    }

    private String describe() {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
