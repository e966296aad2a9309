package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;

/// Shows what was found in place of what was expected.
public final class ShortJson {

    private static final int SHOWN_CHARACTERS = 40;

    private ShortJson() {}

    /// A value as short JSON for a message: its first characters, `nothing` when there is none, and only the kind of a
    /// list or an object.
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
