package dev.rowcast.indexer.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.document.Draft;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Which change a document shows that is there already.
///
/// @param epoch of its position
/// @param commit of its position; empty when a release stored it that knew no commits
/// @param lsn of its position
/// @param changedAt when the source made the change, if the document says it
public record StoredVersion(int epoch, OptionalLong commit, long lsn, Optional<Instant> changedAt) {

    /// What another version of the document is worth beside the stored one.
    public enum Comparison {
        /// It is newer.
        NEWER,
        /// It is the same change, or an older one.
        STALE,
        /// Its position is not higher, and yet the source made it later: the source's log began anew.
        OTHER_HISTORY
    }

    /// How much later a change with a lower position must be to count as one of another history: commits are in the
    /// order of their times as far as the clock of one server is.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /// What a document in the store says of itself.
    ///
    /// @param rowcast its object `rowcast`
    /// @return nothing when it is no document of ours
    public static Optional<StoredVersion> of(JsonNode rowcast) {
        JsonNode epoch = rowcast.path("epoch");
        JsonNode commit = rowcast.path("commit");
        JsonNode lsn = rowcast.path("lsn");
        if (!epoch.isInt() || !lsn.isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(new StoredVersion(
                epoch.intValue(),
                commit.isIntegralNumber() ? OptionalLong.of(commit.longValue()) : OptionalLong.empty(),
                lsn.longValue(),
                time(rowcast.path("timestamp").asText())));
    }

    /// What the document of `draft` says of itself once it is stored.
    public static StoredVersion of(Draft draft) {
        Position position = draft.position();
        return new StoredVersion(
                position.epoch(), OptionalLong.of(position.commit()), position.lsn(), draft.changedAt());
    }

    /// Compares another version of the document with this one. Of two snapshot reads, which all have the same position,
    /// the one that comes
    /// later counts as newer.
    ///
    /// @param position its position
    /// @param time when the source made its change; without it nothing tells another history
    public Comparison compare(Position position, Optional<Instant> time) {
        int order = position.compareToStored(epoch, commit, lsn);
        boolean read = position.equals(Position.floor(position.epoch()));
        if (order > 0 || (order == 0 && read)) {
            return Comparison.NEWER;
        }
        boolean later = !read
                && changedAt
                        .flatMap(stored -> time.map(stored.plus(TOLERANCE)::isBefore))
                        .orElse(false);
        return later ? Comparison.OTHER_HISTORY : Comparison.STALE;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
