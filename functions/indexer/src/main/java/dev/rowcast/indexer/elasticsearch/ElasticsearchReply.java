package dev.rowcast.indexer.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The result of a request to Elasticsearch.
public sealed interface ElasticsearchReply {

    /// Elasticsearch, or a proxy in front of it, answered.
    ///
    /// @param status the HTTP status, of any class
    /// @param body the JSON body of the answer; a missing node if the body is not JSON
    record Answered(int status, JsonNode body) implements ElasticsearchReply {

        /// Returns true if the request as a whole succeeded; its items may still have failed.
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /// Why the request failed, in one line.
        public String reason() {
            return Answered.reason(status, body.path("error"));
        }

        /// The reason in the object `error` of an answer or of one of its items, in one line.
        public static String reason(int status, JsonNode error) {
            String words = Stream.of(error, error.path("caused_by"))
                    .map(cause -> cause.isTextual() ? cause.asText() : described(cause))
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", because "));
            return "Elasticsearch answered " + status + (words.isEmpty() ? " without a reason" : ": " + words);
        }

        private static String described(JsonNode cause) {
            String type = cause.path("type").asText();
            return type.isEmpty() ? "" : type + " " + cause.path("reason").asText();
        }
    }

    /// There was no answer within the time limit.
    ///
    /// @param reason the cause
    record NoAnswer(String reason) implements ElasticsearchReply {}

    /// The certificate of the server is not trusted, or is for another host. Nothing was sent.
    ///
    /// @param reason the cause
    record Untrusted(String reason) implements ElasticsearchReply {}
}
