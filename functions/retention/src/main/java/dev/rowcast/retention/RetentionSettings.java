package dev.rowcast.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// When a case is opened and closed, prefix `rowcast.retention`. Where Postgres is, and who we are there, are the
/// settings
/// `quarkus.datasource.*`.
@ConfigMapping(prefix = "rowcast.retention")
public interface RetentionSettings {

    /// The probability from which on a case is opened, above 0 and up to 1. Without it each prediction is held against
    /// the threshold of the model that made it, which stands in the captured row.
    OptionalDouble threshold();

    /// How far below the threshold a probability must fall until the case is closed, 0 or more and below 1. What lies
    /// between decides nothing.
    @WithDefault("0.05")
    double hysteresis();

    /// The captured table whose changes are read, as `schema.table`.
    @WithDefault("public.person_churn_history_captured")
    String table();

    /// Its key columns, in key order.
    @WithDefault("customerid")
    List<String> key();

    /// The label: its columns `<label>_probability` and `<label>_threshold` are read.
    @WithDefault("churn")
    String label();

    /// How long Postgres may take for one statement, 100 ms to 1 h. A transaction has five.
    @WithDefault("2s")
    Duration statementTimeout();

    /// Time between two looks at whether the tables are there and may be written, 100 ms to 1 h.
    @WithDefault("5s")
    Duration readinessInterval();
}
