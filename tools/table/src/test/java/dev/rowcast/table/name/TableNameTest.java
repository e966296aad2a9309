package dev.rowcast.table.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Loan",
                "2024",
                "a_b",
                "a.b",
                "-a",
                "a-",
                "größe",
                "churn",
                "outbox",
                "rowcast",
                "no",
                "null",
                "a234567890123456789012345678901234567890b"
            })
    void nameThatAResourceCannotHaveIsRefusedInOneLine(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableName(name))
                .withMessageStartingWith("NAME is " + name + ", which ")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"loan, loan", "Loans 2nd_try, loans-2nd-try", "_x_, x"})
    void nameFollowsFromTheModel(String model, String name) {
        assertThat(TableName.ofModel(model).text()).isEqualTo(name);
    }

    @Test
    void longestNameHasASlotThatPostgresAllows() {
        TableName longest = new TableName("a" + "-b".repeat(19) + "c");

        assertThat(longest.text()).hasSize(40);
        assertThat(longest.slot()).matches("[a-z0-9_]{1,63}");
    }
}
