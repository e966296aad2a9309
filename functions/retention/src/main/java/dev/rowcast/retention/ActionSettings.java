package dev.rowcast.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The action on the predictions of one table, prefix `rowcast.action`: which captured table is read, which
/// rule decides, where cases are stored and what their events are called. The settings
/// `quarkus.datasource.*` have the address and the login of Postgres.
@ConfigMapping(prefix = "rowcast.action")
public interface ActionSettings {

    /// The captured table whose changes are read.
    Captured captured();

    /// The rule that opens and closes cases.
    Rule rule();

    /// The table of the cases.
    Cases cases();

    /// The events of opened and closed cases.
    Event event();

    /// Time limit for one statement in Postgres, 100 ms to 1 h. A transaction has five statements.
    @WithDefault("2s")
    Duration statementTimeout();

    /// Time between two checks that the tables exist and can be written, 100 ms to 1 h.
    @WithDefault("5s")
    Duration readinessInterval();

    /// The captured table. Names are written as Postgres stores them, without quotes.
    interface Captured {

        /// Its schema.
        @WithDefault("public")
        String schema();

        /// Its name; required.
        Optional<String> table();

        /// Its key columns, in key order; required.
        Optional<List<String>> key();

        /// The label, in the names of the columns `<label>_prediction`, `<label>_probability` and
        /// `<label>_threshold`; required.
        Optional<String> label();
    }

    /// The rule.
    interface Rule {

        /// How it decides: `threshold`, `class`, `above` or `below`; required.
        Optional<String> kind();

        /// The lowest probability that opens a case, above 0 and up to 1. Without it, rule `threshold` uses
        /// the threshold of the model that scored the row, which is a column of the captured row, and for
        /// rule `class` the prediction alone decides.
        OptionalDouble threshold();

        /// The predicted class that opens a case, for rule `class`.
        @WithName("class")
        Optional<String> category();

        /// The value that opens a case, for rules `above` and `below`; the value itself opens one.
        OptionalDouble bound();

        /// How far a prediction must be on the other side before the case is closed, 0 or more. The default
        /// is 0.05 for a probability, and 0 for a bound.
        OptionalDouble hysteresis();
    }

    /// The case table. Names are written as Postgres stores them, without quotes.
    interface Cases {

        /// Its schema.
        @WithDefault("public")
        String schema();

        /// Its name; required.
        Optional<String> table();
    }

    /// The events.
    interface Event {

        /// What they are about, the last part of the topic's name; required.
        Optional<String> aggregate();

        /// Their type without its last part, which is `opened` or `closed`; required.
        Optional<String> type();

        /// Their source, an absolute path or a URI; required.
        Optional<String> source();
    }
}
