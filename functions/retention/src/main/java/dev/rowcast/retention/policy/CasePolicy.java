package dev.rowcast.retention.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Row;
import dev.rowcast.change.ShortJson;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// Decides about cases by comparing predictions with the thresholds.
public final class CasePolicy {

    private static final Skipped UNDECIDED = new Skipped("probability between closing and opening");
    private static final String MODEL_VERSION = "model_version";

    /// Passes a rejection from the column that is at fault to [#decide].
    private static final class Fault extends Exception {

        private final transient Rejected rejected;

        Fault(Reason reason, String message) {
            super(message, null, false, false);
            rejected = new Rejected(reason, message);
        }
    }

    private final CaseThresholds thresholds;

    /// Decides by `thresholds`.
    public CasePolicy(CaseThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /// The columns that a decision needs. A deleted row needs only its key.
    public NeededColumns needed() {
        Set<String> columns = thresholds.threshold().isPresent()
                ? Set.of(thresholds.probabilityColumn(), MODEL_VERSION)
                : Set.of(thresholds.probabilityColumn(), MODEL_VERSION, thresholds.thresholdColumn());
        return NeededColumns.of(columns).unlessDeleted();
    }

    /// The decision of `change` of the captured table, or why there is none.
    public Step<CaseDecision> decide(Change change) {
        String customer = change.key().id();
        Instant at = change.origin().timestamp().truncatedTo(ChronoUnit.MILLIS);
        return switch (change) {
            case Delete delete -> Step.next(new CaseDecision.CloseDeleted(customer, delete.position(), at));
            case Upsert upsert
            when upsert.after().isMarkedDeleted() ->
                Step.next(new CaseDecision.CloseDeleted(customer, upsert.position(), at));
            case Upsert upsert -> decide(upsert, customer, at);
        };
    }

    private Step<CaseDecision> decide(Upsert upsert, String customer, Instant at) {
        try {
            Score score = score(upsert.after());
            if (thresholds.opens(score)) {
                return Step.next(new CaseDecision.Open(customer, upsert.position(), at, score));
            }
            return thresholds.closes(score)
                    ? Step.next(new CaseDecision.Close(customer, upsert.position(), at, score))
                    : Step.end(UNDECIDED);
        } catch (Fault fault) {
            return Step.end(fault.rejected);
        }
    }

    private Score score(Row row) throws Fault {
        return new Score(
                fraction(row, thresholds.probabilityColumn()),
                thresholds.threshold().isPresent()
                        ? thresholds.threshold().getAsDouble()
                        : fraction(row, thresholds.thresholdColumn()),
                modelVersion(row));
    }

    private static double fraction(Row row, String column) throws Fault {
        JsonNode value = present(row, column);
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
            throw new Fault(
                    Reason.FEATURE_TYPE,
                    "column " + column + ": expected a number 0 to 1, found " + ShortJson.of(value));
        }
        return value.doubleValue();
    }

    private static String modelVersion(Row row) throws Fault {
        JsonNode value = present(row, MODEL_VERSION);
        if (!value.isTextual()) {
            throw new Fault(
                    Reason.FEATURE_TYPE, "column " + MODEL_VERSION + ": expected a text, found " + ShortJson.of(value));
        }
        return value.textValue();
    }

    private static JsonNode present(Row row, String column) throws Fault {
        return row.column(column)
                .filter(value -> !value.isNull())
                .orElseThrow(() -> new Fault(Reason.FEATURE_MISSING, "column " + column + ": is missing or null"));
    }
}
