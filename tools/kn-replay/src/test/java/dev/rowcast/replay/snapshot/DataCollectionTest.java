package dev.rowcast.replay.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UsageException;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCollectionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            public ~ person_churn_history ~ public.person_churn_history
            public ~ größen ~ public\\.größen
            Verkauf ~ tbl-1 ~ Verkauf\\.tbl\\x2d1
            public ~ a(b|c ~ public\\.a\\x28b\\x7cc
            public ~ it's ~ public\\.it\\x27s
            public ~ 😀$ ~ public\\.\\x{1f600}\\x24
            """)
    void nameThatDebeziumReadsUnchangedIsAnExpressionForTheWholeOfIt(String schema, String name, String expression) {
        DataCollection collection = DataCollection.of(new TableId(schema, name));

        assertThat(collection).isEqualTo(new DataCollection(expression, expression));
        assertThat(schema + "." + name).matches(expression);
        assertThat(schema + "." + name + "_2").doesNotMatch(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            Verkauf ~ Kunden 2 ~ "Verkauf"."Kunden 2"
            my schema ~ größen ~ "my schema"."größen"
            a.b ~ c ~ "a.b"."c"
            public ~ Umsatz (2024) [€] ~ "public"."Umsatz (2024) [€]"
            public ~ 'quoted' ~ "public"."''quoted''"
            my schema ~ quo"te ~ "my schema"."quo""te"
            my schema ~ it's ''x`` ~ "my schema"."it''s ''''x````"
            """)
    void nameThatDebeziumWouldSplitIsQuotedAndMatchesNoTable(String schema, String name, String quoted) {
        DataCollection collection = DataCollection.of(new TableId(schema, name));

        assertThat(collection.name()).isEqualTo(quoted).matches(collection.condition());
        assertThat(Pattern.matches(collection.name(), schema + "." + name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"public,a (b", "public,a |b", "public,a \\d", "?a b,c", "a b,x**"})
    void tableThatASignalCannotNameIsAUsageError(String schema, String name) {
        TableId table = new TableId(schema, name);

        assertThatThrownBy(() -> DataCollection.of(table))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("a signal of Debezium cannot name " + table + ": ");
    }
}
