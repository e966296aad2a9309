package dev.rowcast.local.page.api;

import com.fasterxml.jackson.databind.JsonNode;

/// Answers the requests of one path.
@FunctionalInterface
public interface ApiHandler {

    /// Answers a request. May block.
    ///
    /// @throws ApiRefusal when the request is wrong
    /// @throws Exception when a station does not answer; the page shows its message
    JsonNode answer(ApiRequest request) throws Exception;
}
