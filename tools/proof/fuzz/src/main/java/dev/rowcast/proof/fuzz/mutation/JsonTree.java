package dev.rowcast.proof.fuzz.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.rowcast.proof.fuzz.input.InputDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The body of a draft as a JSON object. Any text, JSON or not, can be set as the value of a field.
///
/// @param root the outermost object
record JsonTree(ObjectNode root) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /// A field of an object of the tree.
    record Slot(ObjectNode parent, String name) {

        /// {@return the value as JSON}
        String text() {
            return parent.get(name).toString();
        }

        /// Replaces the value by a raw text.
        void set(String text) {
            parent.putRawValue(name, new RawValue(text));
        }
    }

    /// {@return the tree of a draft; empty when its body is no JSON object}
    static Optional<JsonTree> of(InputDraft draft) {
        try {
            return JSON.readTree(draft.body()) instanceof ObjectNode object
                    ? Optional.of(new JsonTree(object))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | ArithmeticException mutatedBefore) {
            return Optional.empty();
        }
    }

    /// {@return every field of every object}
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        collect(root, slots);
        return slots;
    }

    /// Writes the tree to the body of `draft`.
    void into(InputDraft draft) {
        draft.body(root.toString().getBytes(UTF_8));
    }

    private static void collect(JsonNode node, List<Slot> slots) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                slots.add(new Slot(object, field.getKey()));
                collect(field.getValue(), slots);
            });
        }
    }
}
