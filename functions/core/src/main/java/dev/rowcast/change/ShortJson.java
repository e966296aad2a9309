package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;

/// Shortens JSON values for messages.
public final class ShortJson {

    private static final int SHOWN_CHARACTERS = 40;

    private ShortJson() {}

    /// The first characters of a value as JSON; `nothing` if it is missing; only the kind of a list
    /// or an object.
    public static String of(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "an object";
        }
        if (value.isTextual() && value.textValue().length() > SHOWN_CHARACTERS) {
            return "\"" + value.textValue().substring(0, SHOWN_CHARACTERS - 3) + "...\"";
        }
        return value.toString();
    }
}
