package dev.rowcast.replay.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The progress of a snapshot, from its notifications. Used by one thread.
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

    /// Adds a notification.
    ///
    /// @return a line for people
    String add(Notification notification) {
        ended = notification.isLast();
        status = notification.type();
        return switch (notification.type()) {
            case "STARTED" -> "started";
            case "IN_PROGRESS" -> {
                chunks++;
                String last = notification.detail("last_processed_key").orElse("?");
                String maximum = notification.detail("maximum_key").orElse("?");
                yield "chunk %d read, up to key %s of %s".formatted(chunks, last, maximum);
            }
            case "TABLE_SCAN_COMPLETED" -> {
                String result = notification.detail("status").orElse("?");
                notification
                        .detail("total_rows_scanned")
                        .ifPresent(count -> rows = OptionalLong.of(rows.orElse(0) + Long.parseLong(count)));
                if (!result.equals("SUCCEEDED") && !result.equals("EMPTY")) {
                    fault = Optional.of(result);
                }
                yield "table read: " + result + ", " + rows.orElse(0) + " rows";
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

    /// {@return whether the snapshot has ended and all rows were read}
    boolean isComplete() {
        return status.equals("COMPLETED") && fault.isEmpty();
    }

    String text() {
        String result = isComplete() ? "complete" : "not complete: " + fault.orElse(status.toLowerCase(Locale.ROOT));
        String count = rows.isPresent() ? ", " + rows.getAsLong() + " rows read" : "";
        return "snapshot %s: %s%s%n".formatted(id, result, count);
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", id).put("status", fault.orElse(status)).put("chunks", chunks);
        rows.ifPresentOrElse(count -> document.put("rows", count), () -> document.putNull("rows"));
        return document;
    }
}
