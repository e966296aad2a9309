package dev.rowcast.retention.cases;

import dev.rowcast.change.Position;
import dev.rowcast.retention.event.RetentionCaseClosed;
import dev.rowcast.retention.event.RetentionCaseOpened;
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

/// The case of one customer, guarded by the position of the newest captured change that decided anything about it
/// (decision 005). There is one for every customer that was judged, because what is not there refuses nothing.
@Entity
@Table(name = "retention_case")
@SuppressWarnings("UnusedVariable") // Hibernate reads what is only written here
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

    /// For Hibernate; a row is made by the table's own defaults.
    protected RetentionCase() {}

    String customer() {
        return customer;
    }

    /// Takes a decision, unless something as new or newer was there before.
    CaseChange take(CaseDecision decision) {
        Position position = decision.position();
        if (!isOlderThan(position)) {
            return new CaseChange.Stale();
        }
        epoch = (short) position.epoch();
        commit = position.commit();
        lsn = position.lsn();
        return switch (decision) {
            case CaseDecision.Open leaving when status != CaseStatus.OPEN -> open(leaving);
            case CaseDecision.Close staying
            when status == CaseStatus.OPEN -> close(staying, "below-threshold", Optional.of(staying.score()));
            case CaseDecision.CloseDeleted gone when status == CaseStatus.OPEN -> close(gone, "deleted", Optional.empty());
            case CaseDecision.Open _, CaseDecision.Close _, CaseDecision.CloseDeleted _ -> new CaseChange.Unchanged();
        };
    }

    /// A row that was made a moment ago has no commit and an LSN below every other.
    private boolean isOlderThan(Position position) {
        OptionalLong known = commit == null ? OptionalLong.empty() : OptionalLong.of(commit);
        return position.compareToStored(epoch, known, lsn) > 0;
    }

    private CaseChange open(CaseDecision.Open leaving) {
        status = CaseStatus.OPEN;
        caseNumber++;
        openedAt = leaving.at();
        closedAt = null;
        closedBecause = null;
        remember(Optional.of(leaving.score()));
        return new CaseChange.Updated(
                new RetentionCaseOpened(customer, leaving.position(), caseNumber, openedAt, leaving.score()));
    }

    private CaseChange close(CaseDecision decision, String because, Optional<Score> score) {
        status = CaseStatus.CLOSED;
        closedAt = decision.at();
        closedBecause = because;
        remember(score);
        return new CaseChange.Updated(new RetentionCaseClosed(
                customer, decision.position(), caseNumber, openedAt, closedAt, because, score));
    }

    private void remember(Optional<Score> score) {
        probability = score.map(Score::probability).orElse(null);
        threshold = score.map(Score::threshold).orElse(null);
        modelVersion = score.map(Score::modelVersion).orElse(null);
    }
}
