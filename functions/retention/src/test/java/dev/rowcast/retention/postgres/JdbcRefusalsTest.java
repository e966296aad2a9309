package dev.rowcast.retention.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.postgres.Refusal;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcRefusalsTest {

    @ParameterizedTest
    @CsvSource({
        "08P01, FATAL: unsupported startup parameter: extra_float_digits, Misconfigured",
        "26000, ERROR: prepared statement \"S_1\" does not exist,         Misconfigured",
        "42P05, ERROR: prepared statement \"S_1\" already exists,         Misconfigured",
        "08P01, ERROR: bind message supplies 1 parameters,              Temporary"
    })
    void poolerBetweenFunctionAndPostgresIsNamedWithWhatToDo(String state, String message, String verdict) {
        Refusal of = JdbcRefusals.of(new SQLException(message, state));

        assertThat(of.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(of.reason().contains("give the function the address of Postgres itself"))
                .isEqualTo(verdict.equals("Misconfigured"));
    }
}
