package dev.rowcast.retention.cases;

import static java.util.stream.Collectors.toMap;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.recording.RowsStored;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.postgres.JdbcRefusals;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;

/// Writes cases and their events in one transaction.
///
/// It locks the rows in the order of their keys before it reads them, so batches of several instances that
/// decide about the same customer run one after the other and cannot deadlock.
@Singleton
public class CaseStore {

    private static final String INSERT_MISSING = """
            INSERT INTO retention_case (customerid)
            SELECT judged FROM unnest(CAST(:customers AS text[])) AS judged ORDER BY judged
            ON CONFLICT DO NOTHING""";
    private static final String LOCK = """
            SELECT * FROM retention_case WHERE customerid = ANY (CAST(:customers AS text[]))
            ORDER BY customerid FOR UPDATE""";

    private final Session cases;
    private final Event<ExportedEvent<?, ?>> events;

    CaseStore(Session cases, Event<ExportedEvent<?, ?>> events) {
        this.cases = cases;
        this.events = events;
    }

    /// Applies `decisions`, at most one of each customer, to the cases and writes the events, in one
    /// transaction; blocks until the answer is known.
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
        Map<String, RetentionCase> locked = lock(decisions);
        List<Outcome> outcomes = new ArrayList<>(decisions.size());
        for (CaseDecision decision : decisions) {
            outcomes.add(
                    switch (locked.get(decision.customer()).apply(decision)) {
                        case CaseChange.Stale _ -> Skipped.STALE;
                        case CaseChange.Unchanged _ -> new Stored();
                        case CaseChange.Updated updated -> {
                            events.fire(updated.event());
                            yield new Stored();
                        }
                    });
        }
        return outcomes;
    }

    private Map<String, RetentionCase> lock(List<CaseDecision> decisions) {
        String[] customers = decisions.stream().map(CaseDecision::customer).toArray(String[]::new);
        cases.createNativeMutationQuery(INSERT_MISSING)
                .setParameter("customers", customers)
                .executeUpdate();
        List<RetentionCase> rows = cases.createNativeQuery(LOCK, RetentionCase.class)
                .setParameter("customers", customers)
                .getResultList();
        return rows.stream().collect(toMap(RetentionCase::customer, Function.identity()));
    }
}
