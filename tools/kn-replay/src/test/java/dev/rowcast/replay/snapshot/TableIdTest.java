package dev.rowcast.replay.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableIdTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            person_churn_history ~ public ~ person_churn_history
            sales.loan ~ sales ~ loan
            Kunden 2 ~ public ~ Kunden 2
            Verkauf.Kunden 2 ~ Verkauf ~ Kunden 2
            my schema.größen ~ my schema ~ größen
            Verkauf.it's ~ Verkauf ~ it's
            public.quo"te ~ public ~ quo"te
            "t" ~ public ~ t
            "my schema"."Kunden 2" ~ my schema ~ Kunden 2
            "my schema".orders ~ my schema ~ orders
            public."Select" ~ public ~ Select
            "a.b"."c.d" ~ a.b ~ c.d
            "a.b" ~ public ~ a.b
            \"""begin"."en""d" ~ "begin ~ en"d
            """)
    void nameIsReadAsItIsOrQuotedAsInSql(String text, String schema, String name) {
        assertThat(TableId.of(text, List.of())).isEqualTo(new TableId(schema, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".b", "a.b.c", "\"\"", "\"a\".\"\"", "\"a", "\"a\"b", "\"a\".b.c"})
    void textThatIsNoNameIsAUsageError(String text) {
        assertThatThrownBy(() -> TableId.of(text, List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(text + " is no table: ");
    }

    @Test
    void dotsAreReadAsInTheOnlyCapturedTable() {
        TableId inSchema = new TableId("a.b", "c");
        TableId inName = new TableId("a", "b.c");
        TableId inPublic = new TableId("public", "a.b");

        assertThat(TableId.of("a.b.c", List.of(inSchema, inPublic))).isEqualTo(inSchema);
        assertThat(TableId.of("a.b.c", List.of(inName))).isEqualTo(inName);
        assertThat(TableId.of("a.b", List.of(inPublic))).isEqualTo(inPublic);
        assertThat(TableId.of("\"a\".b", List.of(inPublic))).isEqualTo(new TableId("a", "b"));
        assertThatThrownBy(() -> TableId.of("a.b.c", List.of(inName, inSchema)))
                .isInstanceOf(UsageException.class)
                .hasMessage("a.b.c may be \"a\".\"b.c\" or \"a.b\".\"c\": give one of these");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            sales ~ loan ~ sales.loan
            Verkauf ~ Kunden 2 ~ "Verkauf"."Kunden 2"
            public ~ quo"te ~ "public"."quo""te"
            """)
    void nameIsShownAsItCanBeGiven(String schema, String name, String shown) {
        TableId table = new TableId(schema, name);

        assertThat(table).hasToString(shown);
        assertThat(TableId.of(shown, List.of())).isEqualTo(table);
    }
}
