package dev.rowcast.retention.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "08P01, FATAL: unsupported startup parameter: extra_float_digits, Misconfigured",
        "26000, ERROR: prepared statement \"S_1\" does not exist,         Misconfigured",
        "42P05, ERROR: prepared statement \"S_1\" already exists,         Misconfigured",
        "08P01, ERROR: bind message supplies 1 parameters,              Unavailable"
    })
    void poolerBetweenFunctionAndPostgresIsNamedWithWhatToDo(String state, String message, String verdict) {
        Verdict of = Verdict.of(new IllegalStateException(new SQLException(message, state)));

        assertThat(of.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(of.reason().contains("give the function the address of Postgres itself"))
                .isEqualTo(verdict.equals("Misconfigured"));
    }
}
