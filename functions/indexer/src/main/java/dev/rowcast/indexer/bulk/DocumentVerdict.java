package dev.rowcast.indexer.bulk;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;

/// What Elasticsearch says about a document, or about a whole request.
public sealed interface DocumentVerdict {

    /// Why it is so, in one line; empty when the document is stored.
    default String reason() {
        return "";
    }

    /// The outcome of the document. The words of Elasticsearch name the column, what is expected and what is found, but
    /// not the index.
    ///
    /// @param index the index that the document was sent to
    default Outcome outcome(String index) {
        return switch (this) {
            case Written _ -> new Stored();
            case Newer _ -> Skipped.STALE;
            case Unstorable(String words) -> new Rejected(Reason.NOT_STORABLE, "index " + index + ": " + words);
            case TooLarge(String words) -> new Rejected(Reason.TOO_LARGE, "index " + index + ": " + words);
            case Conflict(String words) -> Unavailable.soon(words);
            case Away(String words) -> Unavailable.soon(words);
            case OtherHistory(String words) -> Unavailable.untilChanged(words);
            case Misconfigured(String words) -> Unavailable.untilChanged(words);
        };
    }

    /// The document is stored.
    ///
    /// @param seqNo its `_seq_no`, which counts the writes of a shard from 0 on; -1 when it is not said
    record Written(long seqNo) implements DocumentVerdict {}

    /// Elasticsearch already has this version of the document, or a newer one.
    ///
    /// @param seqNo the `_seq_no` of what it has
    record Newer(long seqNo) implements DocumentVerdict {}

    /// Elasticsearch has a version of the document that does not meet the condition of the write.
    ///
    /// @param reason the words of Elasticsearch
    record Conflict(String reason) implements DocumentVerdict {}

    /// The change belongs to another history of the source than what is stored.
    ///
    /// @param reason names the setting that an operator has to raise
    record OtherHistory(String reason) implements DocumentVerdict {}

    /// The document itself is at fault: it contradicts the mapping, or cannot be read.
    ///
    /// @param reason the words of Elasticsearch
    record Unstorable(String reason) implements DocumentVerdict {}

    /// The document, or the request that carries it, is larger than Elasticsearch takes.
    ///
    /// @param reason the words of Elasticsearch
    record TooLarge(String reason) implements DocumentVerdict {}

    /// Elasticsearch cannot store anything now, and may later.
    ///
    /// @param reason the words of Elasticsearch, or how it could not be reached
    record Away(String reason) implements DocumentVerdict {}

    /// Elasticsearch refuses until somebody changes a setting: credentials, a missing or closed index.
    ///
    /// @param reason the words of Elasticsearch
    record Misconfigured(String reason) implements DocumentVerdict {}
}
