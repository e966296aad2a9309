package dev.rowcast.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// Rules for opening and closing cases, prefix `rowcast.retention`. The settings `quarkus.datasource.*`
/// have the address and the login of Postgres.
@ConfigMapping(prefix = "rowcast.retention")
public interface RetentionSettings {

    /// The lowest probability that opens a case, above 0 and up to 1. The default is the threshold of the
    /// model that scored the row, which is a column of the captured row.
    OptionalDouble threshold();

    /// A case is closed when the probability is below the threshold by more than this, 0 or more and below
    /// the threshold. A probability in between opens and closes no case.
    @WithDefault("0.05")
    double hysteresis();

    /// The captured table whose changes are read, as `schema.table`.
    @WithDefault("public.person_churn_history_captured")
    String table();

    /// The key columns of the captured table, in key order.
    @WithDefault("customerid")
    List<String> key();

    /// The label: its columns `<label>_probability` and `<label>_threshold` are read.
    @WithDefault("churn")
    String label();

    /// Time limit for one statement in Postgres, 100 ms to 1 h. A transaction has five statements.
    @WithDefault("2s")
    Duration statementTimeout();

    /// Time between two checks that the tables exist and can be written, 100 ms to 1 h.
    @WithDefault("5s")
    Duration readinessInterval();
}
