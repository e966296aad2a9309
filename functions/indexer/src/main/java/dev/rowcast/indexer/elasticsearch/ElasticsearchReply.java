package dev.rowcast.indexer.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a request to Elasticsearch ended.
public sealed interface ElasticsearchReply {

    /// Somebody answered: Elasticsearch, or a proxy before it.
    ///
    /// @param status the HTTP status, of any class
    /// @param body the JSON document of the answer; a missing node when it is no JSON
    record Answered(int status, JsonNode body) implements ElasticsearchReply {

        /// Whether the request was carried out as a whole; its parts may still have failed.
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /// The words of Elasticsearch about why the request failed, in one line.
        public String reason() {
            return Answered.reason(status, body.path("error"));
        }

        /// The words of Elasticsearch about an `error` of an answer or of a part of it, in one line.
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

    /// Nobody answered, or not in time.
    ///
    /// @param reason what happened instead
    record NoAnswer(String reason) implements ElasticsearchReply {}
}
