package dev.rowcast.replay.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a snapshot by its notifications so far. Used by one thread.
final class SnapshotProgress {

    private final String id;
    private long chunks;
    private OptionalLong rows = OptionalLong.empty();
    private String status = "REQUESTED";
    private Optional<String> fault = Optional.empty();
    private boolean ended;

    SnapshotProgress(String id) {
        this.id = id;
    }

    /// Takes one, and says it for people.
    ///
    /// @return a line
    String take(Notification notification) {
        ended = notification.isLast();
        status = notification.type();
        return switch (notification.type()) {
            case "STARTED" -> "started";
            case "IN_PROGRESS" -> {
                chunks++;
                yield "chunk %d read, up to key %s of %s"
                        .formatted(
                                chunks,
                                notification.detail("last_processed_key").orElse("?"),
                                notification.detail("maximum_key").orElse("?"));
            }
            case "TABLE_SCAN_COMPLETED" -> {
                String scanned = notification.detail("status").orElse("?");
                notification
                        .detail("total_rows_scanned")
                        .ifPresent(count -> rows = OptionalLong.of(rows.orElse(0) + Long.parseLong(count)));
                if (!scanned.equals("SUCCEEDED") && !scanned.equals("EMPTY")) {
                    fault = Optional.of(scanned);
                }
                yield "table read: " + scanned + ", " + rows.orElse(0) + " rows";
            }
            default -> notification.type().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    String id() {
        return id;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Whether it went to its end and read everything.
    boolean isComplete() {
        return status.equals("COMPLETED") && fault.isEmpty();
    }

    String text() {
        return "snapshot %s: %s%s%n"
                .formatted(
                        id,
                        isComplete() ? "complete" : "not complete: " + fault.orElse(status.toLowerCase(Locale.ROOT)),
                        rows.isPresent() ? ", " + rows.getAsLong() + " rows read" : "");
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", id).put("status", fault.orElse(status)).put("chunks", chunks);
        rows.ifPresentOrElse(count -> document.put("rows", count), () -> document.putNull("rows"));
        return document;
    }
}
