package dev.rowcast.indexer.bulk;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;

/// The result of Elasticsearch for a document, or for a whole request.
public sealed interface DocumentVerdict {

    /// The reason in one line; empty if the document, or a newer version, is stored.
    default String reason() {
        return "";
    }

    /// The outcome of the document. The message of Elasticsearch names the column, what is expected and
    /// what is found, but not the index.
    ///
    /// @param index the index that the document was sent to
    default Outcome outcome(String index) {
        return switch (this) {
            case Written _ -> new Stored();
            case Newer _ -> Skipped.STALE;
            case Unstorable(String message) -> new Rejected(Reason.NOT_STORABLE, "index " + index + ": " + message);
            case TooLarge(String message) -> new Rejected(Reason.TOO_LARGE, "index " + index + ": " + message);
            case Conflict(String message) -> Unavailable.soon(message);
            case Temporary(String message) -> Unavailable.soon(message);
            case OtherHistory(String message) -> Unavailable.untilChanged(message);
            case Misconfigured(String message) -> Unavailable.untilChanged(message);
        };
    }

    /// The document is stored.
    ///
    /// @param seqNo its `_seq_no`, which counts the writes of a shard from 0; -1 if the answer has none
    record Written(long seqNo) implements DocumentVerdict {}

    /// Elasticsearch already has this version of the document, or a newer one.
    ///
    /// @param seqNo the `_seq_no` of the stored version
    record Newer(long seqNo) implements DocumentVerdict {}

    /// The stored version of the document does not meet the condition of the write.
    ///
    /// @param reason the message of Elasticsearch
    record Conflict(String reason) implements DocumentVerdict {}

    /// The change belongs to another history of the source than the stored document.
    ///
    /// @param reason names the setting that an operator must raise
    record OtherHistory(String reason) implements DocumentVerdict {}

    /// The document is at fault: it contradicts the mapping, or cannot be parsed.
    ///
    /// @param reason the message of Elasticsearch
    record Unstorable(String reason) implements DocumentVerdict {}

    /// The document, or its request, exceeds a size limit of Elasticsearch.
    ///
    /// @param reason the message of Elasticsearch
    record TooLarge(String reason) implements DocumentVerdict {}

    /// Elasticsearch cannot store documents now, but may later.
    ///
    /// @param reason the message of Elasticsearch, or why it could not be reached
    record Temporary(String reason) implements DocumentVerdict {}

    /// Elasticsearch refuses until an operator changes the setup: credentials, privileges, a missing or
    /// closed index. Or its certificate is not trusted.
    ///
    /// @param reason the message of Elasticsearch
    record Misconfigured(String reason) implements DocumentVerdict {}
}
