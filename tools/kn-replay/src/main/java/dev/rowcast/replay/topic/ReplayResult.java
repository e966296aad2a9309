package dev.rowcast.replay.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.send.StatusCounts;
import java.net.URI;

/// What a replay came to.
///
/// @param left what is not done
/// @param skipped records that were not sent
record ReplayResult(String topic, URI sink, StatusCounts statuses, ResumePoint left, long skipped) {

    String text() {
        String table = statuses.table();
        return "%s%d accepted, %d refused%s%n"
                .formatted(
                        table.isEmpty() ? "" : table + "\n",
                        statuses.accepted(),
                        statuses.refused(),
                        skipped == 0 ? "" : ", " + skipped + " records skipped");
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", topic).put("sink", sink.toString());
        document.put("accepted", statuses.accepted())
                .put("refused", statuses.refused())
                .put("skipped", skipped);
        document.set("statuses", statuses.document());
        document.put("left", left.spans().isEmpty() ? "" : left.toString());
        return document;
    }
}
