package dev.rowcast.indexer.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Drafts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Histories of some keys as a source can make them, delivered as an unordered KafkaSource may: transactions of 1 to 20
/// changes of a key, two of them with the same last commit, an insert that waited and has the lower LSN, deletes,
/// reads,
/// a raised epoch; every event up to three times, in any order, in batches of any size.
///
/// @param newest the highest position of each key
/// @param deliveries the batches
record RandomHistories(Map<String, Position> newest, List<List<Draft>> deliveries) {

    static RandomHistories of(int keys, Random random) {
        Map<String, Position> newest = new TreeMap<>();
        List<Draft> events = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            String id = "key-" + key;
            for (Position position : history(random)) {
                newest.merge(id, position, (one, other) -> one.compareTo(other) >= 0 ? one : other);
                ObjectNode columns = JsonNodeFactory.instance.objectNode().put("tenure", 1);
                Draft draft = random.nextInt(5) == 0
                        ? Drafts.deleted("one", id, position, columns)
                        : Drafts.row("one", id, position, columns);
                events.addAll(Collections.nCopies(1 + random.nextInt(3), draft));
            }
        }
        Collections.shuffle(events, random);
        List<List<Draft>> batches = new ArrayList<>();
        for (int at = 0; at < events.size(); ) {
            int end = Math.min(events.size(), at + 1 + random.nextInt(60));
            batches.add(events.subList(at, end));
            at = end;
        }
        return new RandomHistories(newest, batches);
    }

    List<String> ids() {
        return List.copyOf(newest.keySet());
    }

    private static List<Position> history(Random random) {
        List<Position> history = new ArrayList<>();
        int epochs = 1 + random.nextInt(2);
        for (int epoch = 0; epoch < epochs; epoch++) {
            history.addAll(Collections.nCopies(random.nextInt(3), Position.floor(epoch)));
            long commit = random.nextInt(3) * 8L;
            for (int transaction = random.nextInt(8); transaction > 0; transaction--) {
                // Logged before the transaction whose commit it waited for, or after it.
                long lsn = Math.max(8, commit + 8L * (random.nextInt(40) - 20));
                for (int change = random.nextInt(4) == 0 ? 20 : 1 + random.nextInt(3); change > 0; change--) {
                    history.add(new Position(epoch, commit, lsn));
                    lsn += 8L * (1 + random.nextInt(2));
                }
                // Versions of documents that were written again and of later commits come to meet.
                commit += 8L * (1 + random.nextInt(2));
            }
        }
        if (history.isEmpty()) {
            history.add(Position.floor(0));
        }
        return history;
    }
}
