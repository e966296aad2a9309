package dev.rowcast.retention.policy;

import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Decides about cases by a rule.
public final class CasePolicy {

    private static final Skipped UNDECIDED = new Skipped("prediction between closing and opening");

    private final Rule rule;

    /// Decides by `rule`.
    public CasePolicy(Rule rule) {
        this.rule = rule;
    }

    /// The columns that a decision needs. A deleted row needs only its key.
    public NeededColumns needed() {
        return NeededColumns.of(rule.columns()).unlessDeleted();
    }

    /// The decision of `change` of the captured table, or why there is none.
    public Step<CaseDecision> decide(Change change) {
        Instant at = change.origin().timestamp().truncatedTo(ChronoUnit.MILLIS);
        return switch (change) {
            case Delete delete -> Step.next(new CaseDecision.CloseDeleted(delete.key(), delete.position(), at));
            case Upsert upsert
            when upsert.after().isMarkedDeleted() ->
                Step.next(new CaseDecision.CloseDeleted(upsert.key(), upsert.position(), at));
            case Upsert upsert -> decide(upsert, at);
        };
    }

    private Step<CaseDecision> decide(Upsert upsert, Instant at) {
        try {
            return switch (Judge.judge(rule, new Cells(upsert.after()))) {
                case Verdict.Open(Score score) ->
                    Step.next(new CaseDecision.Open(upsert.key(), upsert.position(), at, score));
                case Verdict.Close(Score score, String because) ->
                    Step.next(new CaseDecision.Close(upsert.key(), upsert.position(), at, score, because));
                case Verdict.Undecided _ -> Step.end(UNDECIDED);
            };
        } catch (Cells.Fault fault) {
            return Step.end(fault.rejected());
        }
    }
}
