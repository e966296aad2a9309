package dev.rowcast.retention.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.recording.RowsStored;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.postgres.CaseSql;
import dev.rowcast.retention.postgres.JdbcRefusals;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/// Writes cases and their events in one transaction, on the connection of Hibernate, which writes the events.
///
/// It locks the rows in the order of their keys before it reads them, so batches of several instances that
/// decide about the same row run one after the other and cannot deadlock.
@Singleton
public class CaseStore {

    private final Session session;
    private final CaseRows rows;
    private final EventNames names;
    private final Event<ExportedEvent<?, ?>> events;

    CaseStore(Session session, CaseSql sql, EventNames names, Event<ExportedEvent<?, ?>> events) {
        this.session = session;
        this.rows = new CaseRows(sql);
        this.names = names;
        this.events = events;
    }

    /// Applies `decisions`, at most one of each key, to the cases and writes the events, in one transaction;
    /// blocks until the answer is known.
    ///
    /// @return an answer, also if Postgres cannot be reached
    public StoreAnswer store(List<CaseDecision> decisions) {
        RowsStored event = new RowsStored();
        StoreAnswer answer = transaction(decisions);
        event.ended(decisions.size(), answer);
        return answer;
    }

    private StoreAnswer transaction(List<CaseDecision> decisions) {
        try {
            return new StoreAnswer.Each(QuarkusTransaction.requiringNew().call(() -> write(decisions)));
        } catch (RuntimeException failure) {
            return JdbcRefusals.of(failure).answer();
        }
    }

    private List<Outcome> write(List<CaseDecision> decisions) {
        List<Key> keys = decisions.stream().map(CaseDecision::key).toList();
        List<CaseRows.Locked> locked = session.doReturningWork(connection -> rows.lock(connection, keys));
        Map<String, Case> cases = new HashMap<>();
        locked.forEach(one -> cases.put(one.row(), one.found()));
        Map<String, ObjectNode> changed = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>(decisions.size());
        for (int i = 0; i < decisions.size(); i++) {
            CaseDecision decision = decisions.get(i);
            String row = locked.get(i).row();
            outcomes.add(
                    switch (cases.get(row).apply(decision)) {
                        case CaseChange.Stale _ -> Skipped.STALE;
                        case CaseChange.Unchanged(Case now) -> {
                            cases.put(row, now);
                            put(changed, row, CaseRows.guard(decision.key(), now.guard()));
                            yield new Stored();
                        }
                        case CaseChange.Updated(Case now, CaseFacts facts) -> {
                            cases.put(row, now);
                            put(changed, row, rows.state(facts, now.guard()));
                            events.fire(new CaseEvent(names, facts));
                            yield new Stored();
                        }
                    });
        }
        session.doWork(connection -> rows.update(connection, changed.values()));
        return outcomes;
    }

    /// A newer change of the same row replaces the columns that it has.
    private static void put(Map<String, ObjectNode> changed, String row, ObjectNode columns) {
        changed.merge(row, columns, (older, newer) -> older.setAll(newer));
    }
}
