package dev.rowcast.predictor.drift;

import dev.rowcast.drift.Bins;
import dev.rowcast.drift.Shift;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.postgres.StatementResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;

/// Table `public.rowcast_drift`: one row for each model, its bins and each day. All instances add to it.
record DriftTable(PostgresClient postgres, String model, Bins bins) {

    /// The row stores the ids of its last 64 merges, so that a merge whose answer was lost can be sent
    /// again. An instance sends one merge at a time.
    private static final String MERGE = """
            INSERT INTO public.rowcast_drift AS stored (model_version, bins, day, counts, merges, merged_at)
            VALUES ($1::text, $2::text, $3::date, $4::int8[], ARRAY[$5::uuid], clock_timestamp())
            ON CONFLICT (model_version, bins, day) DO UPDATE SET
                counts = ARRAY(
                    SELECT coalesce(had, 0) + coalesce(more, 0)
                    FROM unnest(stored.counts, excluded.counts) WITH ORDINALITY AS both_sides (had, more, bin)
                    ORDER BY bin),
                merges = (excluded.merges || stored.merges)[1:64],
                merged_at = excluded.merged_at
            WHERE NOT stored.merges @> excluded.merges""";

    private static final String SINCE = """
            SELECT counts FROM public.rowcast_drift
            WHERE model_version = $1::text AND bins = $2::text AND day >= $3::date""";

    /// Adds the counts of a merge unless the row has them already; blocks until Postgres answers.
    StatementResult add(Merge merge) {
        Tuple arguments = Tuple.of(model, bins.digest(), merge.day());
        arguments.addValue(merge.counts().toArray(Long[]::new)).addUUID(merge.id());
        return postgres.send(MERGE, arguments);
    }

    /// Reads the rows of the day `first` and later; blocks until Postgres answers.
    StatementResult since(LocalDate first) {
        return postgres.send(SINCE, Tuple.of(model, bins.digest(), first));
    }

    /// The shift of each column over the rows that [#since] returned.
    List<Shift> shifts(RowSet<Row> rows) {
        return bins.shifts(
                bins.sum(rows.stream().map(row -> row.getArrayOfLongs("counts")).toList()));
    }
}
