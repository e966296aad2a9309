package dev.rowcast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "08P01, unsupported startup parameter: statement_timeout",
        "26000, prepared statement \"S_1\" does not exist",
        "42P05, prepared statement \"S_1\" already exists"
    })
    void poolerBetweenFunctionAndPostgresIsNamedWithWhatToDo(String state, String message) {
        assertThat(Refusal.of(state, message))
                .isInstanceOfSatisfying(
                        Refusal.Misconfigured.class,
                        refusal -> assertThat(refusal.reason())
                                .startsWith(message)
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
        "08006, connection failure,        Temporary",
        "25006, read-only,                 Temporary",
        "40001, serialization failure,     Temporary",
        "40P01, deadlock,                  Temporary",
        "53100, disk full,                 Temporary",
        "53300, too many connections,      Temporary",
        "55P03, lock not available,        Temporary",
        "57014, statement timeout,         Temporary",
        "57P01, shutdown,                  Temporary",
        "57P03, starting up,               Temporary",
        "XX000, internal error,            Temporary",
        "99999, unheard of,                Temporary"
    })
    void eachStateHasItsMeaning(String state, String what, String expected) {
        Refusal refusal = Refusal.of(state, what);

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(refusal.reason()).isEqualTo(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22", "220034"})
    void textThatIsNoStateBlamesNoRow(String state) {
        assertThat(Refusal.of(state, "words")).isEqualTo(new Refusal.Temporary("words"));
    }

    @Test
    void eachRefusalHasItsAnswer() {
        assertThat(new Refusal.Unstorable("overflow").answer())
                .isEqualTo(new StoreAnswer.OneAtFault(new Rejected(Reason.NOT_STORABLE, "overflow")));
        assertThat(new Refusal.Misconfigured("no such column").answer())
                .isEqualTo(new StoreAnswer.NoneTaken(new Unavailable("no such column", Duration.ofSeconds(10))));
        assertThat(new Refusal.Temporary("gone").answer())
                .isEqualTo(new StoreAnswer.NoneTaken(new Unavailable("gone", Duration.ofSeconds(1))));
    }
}
