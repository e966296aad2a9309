package dev.rowcast.indexer.bulk;

/// What Elasticsearch says about a document, or about a whole request.
public sealed interface Verdict {

    /// Why it is so, in one line; empty when the document is stored.
    default String reason() {
        return "";
    }

    /// The document is stored.
    record Written() implements Verdict {}

    /// Elasticsearch already has a newer version of the document.
    record Newer() implements Verdict {}

    /// The document itself is at fault: it contradicts the mapping, or cannot be read.
    ///
    /// @param reason the words of Elasticsearch
    record Unstorable(String reason) implements Verdict {}

    /// The document, or the request that carries it, is larger than Elasticsearch takes.
    ///
    /// @param reason the words of Elasticsearch
    record TooLarge(String reason) implements Verdict {}

    /// Elasticsearch cannot store anything now, and may later.
    ///
    /// @param reason the words of Elasticsearch, or how it could not be reached
    record Unavailable(String reason) implements Verdict {}

    /// Elasticsearch refuses until somebody changes a setting: credentials, a missing or closed index.
    ///
    /// @param reason the words of Elasticsearch
    record Misconfigured(String reason) implements Verdict {}
}
