package dev.rowcast.predictor.drift;

import dev.rowcast.drift.Shift;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/// Publishes the shift of each `column` as metrics: `rowcast_drift_rows`, and
/// `rowcast_drift_psi` once enough rows are counted.
final class DriftGauges {

    private final MultiGauge psi;
    private final MultiGauge rows;

    DriftGauges(MeterRegistry registry) {
        this.psi = MultiGauge.builder("rowcast.drift.psi")
                .description("Population stability index between the training data and the rows scored in the window")
                .register(registry);
        this.rows = MultiGauge.builder("rowcast.drift.rows")
                .description("Scored changes in the window")
                .register(registry);
    }

    void show(List<Shift> shifts) {
        psi.register(
                shifts.stream()
                        .filter(Shift::isKnown)
                        .map(shift -> Row.of(tags(shift), shift.psi()))
                        .toList(),
                true);
        rows.register(
                shifts.stream().map(shift -> Row.of(tags(shift), shift.rows())).toList(), true);
    }

    private static Tags tags(Shift shift) {
        return Tags.of("column", shift.column());
    }
}
