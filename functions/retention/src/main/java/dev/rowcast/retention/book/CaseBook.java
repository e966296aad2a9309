package dev.rowcast.retention.book;

import static java.util.stream.Collectors.toMap;

import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Verdict;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;

/// The table of cases and the outbox beside it: both are written in one transaction, or neither.
///
/// The rows are locked in the order of their keys before they are looked at, so two batches, of whatever instances,
/// that
/// judge the same customer go one after the other and never wait for each other in a circle.
@Singleton
public class CaseBook implements CaseStore {

    private static final String MAKE_MISSING = """
            INSERT INTO retention_case (customerid)
            SELECT judged FROM unnest(CAST(:customers AS text[])) AS judged ORDER BY judged
            ON CONFLICT DO NOTHING""";
    private static final String LOCK = """
            SELECT * FROM retention_case WHERE customerid = ANY (CAST(:customers AS text[]))
            ORDER BY customerid FOR UPDATE""";

    private final Session cases;
    private final Event<ExportedEvent<?, ?>> events;

    CaseBook(Session cases, Event<ExportedEvent<?, ?>> events) {
        this.cases = cases;
        this.events = events;
    }

    @Override
    public SplitOnFault<RowAnswer> store(List<Judgement> judgements) {
        try {
            return new SplitOnFault.Each<>(QuarkusTransaction.requiringNew().call(() -> write(judgements)));
        } catch (RuntimeException failure) {
            return refused(Verdict.of(failure));
        }
    }

    private static SplitOnFault<RowAnswer> refused(Verdict verdict) {
        RowAnswer refused = new RowAnswer.Refused(verdict);
        return switch (verdict) {
            case Verdict.Unstorable _ -> new SplitOnFault.OneAtFault<>(refused);
            case Verdict.Misconfigured _, Verdict.Unavailable _ -> new SplitOnFault.NoneTaken<>(refused);
        };
    }

    private List<RowAnswer> write(List<Judgement> judgements) {
        Map<String, RetentionCase> locked = lock(judgements);
        List<RowAnswer> answers = new ArrayList<>(judgements.size());
        for (Judgement judgement : judgements) {
            answers.add(
                    switch (locked.get(judgement.customer()).take(judgement)) {
                        case Turn.Stale _ -> new RowAnswer.Stale();
                        case Turn.Kept _ -> new RowAnswer.Taken();
                        case Turn.Turned turned -> {
                            events.fire(turned.event());
                            yield new RowAnswer.Taken();
                        }
                    });
        }
        return answers;
    }

    private Map<String, RetentionCase> lock(List<Judgement> judgements) {
        String[] customers = judgements.stream().map(Judgement::customer).toArray(String[]::new);
        cases.createNativeMutationQuery(MAKE_MISSING)
                .setParameter("customers", customers)
                .executeUpdate();
        List<RetentionCase> rows = cases.createNativeQuery(LOCK, RetentionCase.class)
                .setParameter("customers", customers)
                .getResultList();
        return rows.stream().collect(toMap(RetentionCase::customer, Function.identity()));
    }
}
