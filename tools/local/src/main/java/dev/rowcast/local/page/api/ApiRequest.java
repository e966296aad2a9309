package dev.rowcast.local.page.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// The parameters of a request: those of the query of a GET, or the document of a POST.
///
/// @param parameters a JSON object
public record ApiRequest(JsonNode parameters) {

    /// The number of the table in the switch between tables; 0 when the request names none.
    ///
    /// @param tables number of tables
    /// @throws ApiRefusal when there is no such table
    public int table(int tables) {
        String text = parameters.path("table").asText("0");
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) >= tables) {
            throw ApiRefusal.wrong("there is no table " + text);
        }
        return Integer.parseInt(text);
    }

    /// A text.
    ///
    /// @throws ApiRefusal when it is missing
    public String text(String name) {
        JsonNode value = parameters.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw ApiRefusal.wrong("the request has no " + name);
        }
        return value.textValue();
    }

    /// Texts by name, without the nulls and the empty ones.
    ///
    /// @throws ApiRefusal when one is not a text
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.path(name).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isTextual() && !value.isNull()) {
                throw ApiRefusal.wrong(name + "." + entry.getKey() + " is no text");
            }
            if (value.isTextual() && !value.textValue().isEmpty()) {
                texts.put(entry.getKey(), value.textValue());
            }
        });
        return texts;
    }
}
