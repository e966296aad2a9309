package dev.rowcast.predictor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each SQLSTATE means, and what each other failure.
class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "08P01, unsupported startup parameter: statement_timeout",
        "26000, prepared statement \"S_1\" does not exist",
        "42P05, prepared statement \"S_1\" already exists"
    })
    void poolerBetweenFunctionAndPostgresIsNamedWithWhatToDo(String state, String message) {
        assertThat(Verdict.of(refused(state, message, null)))
                .isInstanceOfSatisfying(
                        Verdict.Misconfigured.class,
                        verdict -> assertThat(verdict.reason())
                                .startsWith("Postgres answered " + state + ": " + message)
                                .contains("PgBouncer", "address of Postgres itself"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "21000, two rows with one key,     Unstorable",
        "22001, text too long,             Unstorable",
        "22003, number out of range,       Unstorable",
        "22021, character not in encoding, Unstorable",
        "22P02, not a number,              Unstorable",
        "22P05, untranslatable character,  Unstorable",
        "23502, not null,                  Unstorable",
        "23514, check,                     Unstorable",
        "44000, check option of a view,    Unstorable",
        "54000, index row too large,       Unstorable",
        "P0001, raised by a trigger,       Unstorable",
        "0A000, feature not supported,     Misconfigured",
        "28000, role may not log in,       Misconfigured",
        "28P01, wrong password,            Misconfigured",
        "3D000, no such database,          Misconfigured",
        "3F000, no such schema,            Misconfigured",
        "42501, no privilege,              Misconfigured",
        "42703, no such column,            Misconfigured",
        "42804, type mismatch,             Misconfigured",
        "42P01, no such table,             Misconfigured",
        "42P10, no such key,               Misconfigured",
        "08006, connection failure,        Unavailable",
        "25006, read-only,                 Unavailable",
        "40001, serialization failure,     Unavailable",
        "40P01, deadlock,                  Unavailable",
        "53100, disk full,                 Unavailable",
        "53300, too many connections,      Unavailable",
        "55P03, lock not available,        Unavailable",
        "57014, statement timeout,         Unavailable",
        "57P01, shutdown,                  Unavailable",
        "57P03, starting up,               Unavailable",
        "XX000, internal error,            Unavailable",
        "99999, unheard of,                Unavailable"
    })
    void eachStateHasItsMeaning(String state, String what, String verdict) {
        Verdict of = Verdict.of(refused(state, what, "detail"));

        assertThat(of.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(of.reason()).contains(state, what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22", "220034"})
    void whatIsNoStateIsNobodysFault(String state) {
        assertThat(Verdict.of(state, "words")).isEqualTo(new Verdict.Unavailable("words"));
    }

    @Test
    void detailIsToldUnlessItShowsTheRow() {
        assertThat(Verdict.of(refused("22003", "overflow", "precision 10")).reason())
                .isEqualTo("Postgres answered 22003: overflow, precision 10");
        assertThat(Verdict.of(refused("23514", "violates check", "Failing row contains (…)"))
                        .reason())
                .isEqualTo("Postgres answered 23514: violates check");
    }

    @Test
    void whoCannotBeReachedIsUnavailable() {
        assertThat(Verdict.of(new ConnectException("Connection refused")))
                .isEqualTo(new Verdict.Unavailable("Postgres cannot be reached: Connection refused"));
        assertThat(Verdict.of(ClosedConnectionException.INSTANCE)).isInstanceOf(Verdict.Unavailable.class);
        assertThat(Verdict.of(new VertxException("Pool closed", true))).isInstanceOf(Verdict.Unavailable.class);
        assertThat(Verdict.of(new TimeoutException()))
                .isEqualTo(new Verdict.Unavailable("Postgres cannot be reached: TimeoutException"));
    }

    @Test
    void faultOfThisProgramIsNotTakenForOneOfPostgres() {
        assertThatThrownBy(() -> Verdict.of(new ClassCastException("Integer")))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("Integer");
    }

    private static PgException refused(String state, String message, String detail) {
        return new PgException(message, "ERROR", state, detail);
    }
}
