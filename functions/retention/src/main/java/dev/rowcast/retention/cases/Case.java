package dev.rowcast.retention.cases;

import dev.rowcast.change.Position;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.Score;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The case of one row, guarded by the position of the newest captured change that decided about it
/// (decision 005). Every row with a decision has a case, because older decisions are refused by its
/// position.
///
/// @param number counts the cases of the row, this one included
/// @param openedAt when it was opened; empty if there never was one
/// @param guard the position of the newest decision
record Case(CaseStatus status, int number, Optional<Instant> openedAt, Guard guard) {

    /// A stored position. A new row has no commit and an LSN below all others; a release that knew no
    /// commits stored none.
    record Guard(int epoch, OptionalLong commit, long lsn) {

        private static Guard of(Position position) {
            return new Guard(position.epoch(), OptionalLong.of(position.commit()), position.lsn());
        }

        private boolean isOlderThan(Position position) {
            return position.compareToStored(epoch, commit, lsn) > 0;
        }
    }

    /// The effect of a decision, which is none if one as new, or newer, was applied before.
    CaseChange apply(CaseDecision decision) {
        if (!guard.isOlderThan(decision.position())) {
            return new CaseChange.Stale();
        }
        return switch (decision) {
            case CaseDecision.Open open when status != CaseStatus.OPEN -> open(open);
            case CaseDecision.Close close
            when status == CaseStatus.OPEN -> close(close, close.because(), Optional.of(close.score()));
            case CaseDecision.CloseDeleted deleted
            when status == CaseStatus.OPEN -> close(deleted, "deleted", Optional.empty());
            case CaseDecision.Open _, CaseDecision.Close _, CaseDecision.CloseDeleted _ ->
                new CaseChange.Unchanged(new Case(status, number, openedAt, Guard.of(decision.position())));
        };
    }

    private CaseChange open(CaseDecision.Open decision) {
        Case opened = new Case(CaseStatus.OPEN, number + 1, Optional.of(decision.at()), Guard.of(decision.position()));
        return new CaseChange.Updated(
                opened,
                new CaseFacts(
                        decision.key(),
                        decision.position(),
                        opened.number,
                        decision.at(),
                        Optional.of(decision.score()),
                        Optional.empty()));
    }

    private CaseChange close(CaseDecision decision, String because, Optional<Score> score) {
        Case closed = new Case(CaseStatus.CLOSED, number, openedAt, Guard.of(decision.position()));
        return new CaseChange.Updated(
                closed,
                new CaseFacts(
                        decision.key(),
                        decision.position(),
                        number,
                        openedAt.orElseThrow(),
                        score,
                        Optional.of(new CaseFacts.Closing(decision.at(), because))));
    }
}
