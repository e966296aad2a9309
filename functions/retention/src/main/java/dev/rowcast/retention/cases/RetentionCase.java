package dev.rowcast.retention.cases;

import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.Score;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The case of one customer, guarded by the position of the newest captured change that
/// decided about it (decision 005). Every customer with a decision has a row, because older
/// decisions are refused by its position.
@Entity
@Table(name = "retention_case")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields that are only written here
public class RetentionCase {

    @Id
    @Column(name = "customerid")
    private String customer;

    @Convert(converter = CaseStatus.AsText.class)
    private CaseStatus status;

    @Column(name = "case_number")
    private int caseNumber;

    private Double probability;

    private Double threshold;

    @Column(name = "model_version")
    private String modelVersion;

    @Column(name = "opened_at")
    private Instant openedAt;

    @Column(name = "closed_at")
    private Instant closedAt;

    @Column(name = "closed_because")
    private String closedBecause;

    @Column(name = "captured_epoch")
    private short epoch;

    @Column(name = "captured_commit")
    private Long commit;

    @Column(name = "captured_lsn")
    private long lsn;

    /// For Hibernate. A new row gets the defaults of the table.
    protected RetentionCase() {}

    String customer() {
        return customer;
    }

    /// Applies a decision unless one as new, or newer, was applied before.
    CaseChange apply(CaseDecision decision) {
        Position position = decision.position();
        if (!isOlderThan(position)) {
            return new CaseChange.Stale();
        }
        epoch = (short) position.epoch();
        commit = position.commit();
        lsn = position.lsn();
        return switch (decision) {
            case CaseDecision.Open open when status != CaseStatus.OPEN -> open(open);
            case CaseDecision.Close close
            when status == CaseStatus.OPEN -> close(close, "below-threshold", Optional.of(close.score()));
            case CaseDecision.CloseDeleted deleted
            when status == CaseStatus.OPEN -> close(deleted, "deleted", Optional.empty());
            case CaseDecision.Open _, CaseDecision.Close _, CaseDecision.CloseDeleted _ -> new CaseChange.Unchanged();
        };
    }

    /// A new row has no commit and an LSN below all others.
    private boolean isOlderThan(Position position) {
        OptionalLong known = commit == null ? OptionalLong.empty() : OptionalLong.of(commit);
        return position.compareToStored(epoch, known, lsn) > 0;
    }

    private CaseChange open(CaseDecision.Open decision) {
        caseNumber++;
        openedAt = decision.at();
        return update(CaseStatus.OPEN, decision, Optional.of(decision.score()), Optional.empty());
    }

    private CaseChange close(CaseDecision decision, String because, Optional<Score> score) {
        CaseEvent.Closing closing = new CaseEvent.Closing(decision.at(), because);
        return update(CaseStatus.CLOSED, decision, score, Optional.of(closing));
    }

    private CaseChange update(
            CaseStatus decided, CaseDecision decision, Optional<Score> score, Optional<CaseEvent.Closing> closing) {
        status = decided;
        closedAt = closing.map(CaseEvent.Closing::at).orElse(null);
        closedBecause = closing.map(CaseEvent.Closing::because).orElse(null);
        probability = score.map(Score::probability).orElse(null);
        threshold = score.map(Score::threshold).orElse(null);
        modelVersion = score.map(Score::modelVersion).orElse(null);
        return new CaseChange.Updated(
                new CaseEvent(customer, decision.position(), caseNumber, openedAt, score, closing));
    }
}
