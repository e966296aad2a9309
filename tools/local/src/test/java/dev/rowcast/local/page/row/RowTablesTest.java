package dev.rowcast.local.page.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTablesTest {

    @Test
    void valuesOfAKeyAreThoseOfItsId() {
        for (List<String> values : List.of(
                List.of("a|b\\c"),
                List.of("a", "b"),
                List.of("a|b", "c\\"),
                List.of("", ""),
                List.of("\\|", "|", "x"))) {
            List<String> columns = List.of("x", "y", "z").subList(0, values.size());
            assertThat(RowTables.values(new Key(columns, values).id(), values.size()))
                    .isEqualTo(values);
        }
    }
}
