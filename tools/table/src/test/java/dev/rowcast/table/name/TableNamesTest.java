package dev.rowcast.table.name;

import static dev.rowcast.table.StrangeContracts.LOAN;
import static dev.rowcast.table.StrangeContracts.strange;
import static dev.rowcast.table.StrangeContracts.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Names of topics and indices, and the connector's list of tables.
class TableNamesTest {

    private static final TableName NAME = new TableName("shop");

    @Test
    void topicsAreThoseThatDebeziumMakes() {
        assertThat(Topics.of(new TableName("loan"), LOAN))
                .isEqualTo(new Topics(
                        "loan.public.loan_application",
                        "loan.public.loan_application_captured",
                        "__debezium-heartbeat.loan",
                        "loan.public.rowcast_signal",
                        "loan.notifications"));
        assertThat(Topics.of(NAME, tables("public", "𝔱", "c")).source()).isEqualTo("shop.public.__");
        assertThat(Topics.of(NAME, strange()).source())
                .isEqualTo("shop.Verkauf_s__neu_.Bestellungen____alle____100___1");
    }

    @Test
    void topicsThatCollideInKafkaAreRefused() {
        refused(() -> Topics.of(NAME, tables("public", "größe", "gräße")), "would collide in Kafka");
        refused(() -> Topics.of(NAME, tables("public", "a.b", "a_b")), "would collide in Kafka");
        refused(() -> Topics.of(NAME, tables("public", "rowcast_signal", "c")), "would collide in Kafka");
    }

    @Test
    void indexHasTheSchemaUnlessItIsPublic() {
        assertThat(IndexNames.of(NAME, LOAN))
                .isEqualTo(new IndexNames("rowcast-loan_application", "rowcast-loan_application_captured"));
        assertThat(IndexNames.of(NAME, tables("sales", "orders", "orders_captured")))
                .isEqualTo(new IndexNames("rowcast-sales.orders", "rowcast-sales.orders_captured"));
    }

    @Test
    void changedNameOfAnIndexIsThatOfNoOtherTable() {
        String lower = IndexNames.of(NAME, tables("public", "orders", "c")).source();
        String mixed = IndexNames.of(NAME, tables("public", "Orders", "c")).source();
        String another = IndexNames.of(new TableName("shop2"), tables("public", "ORDERS", "c"))
                .source();

        assertThat(List.of(lower, mixed, another))
                .doesNotHaveDuplicates()
                .allMatch(index -> index.matches("rowcast-[a-z0-9_.-]+"));
        assertThat(IndexNames.of(NAME, strange()).captured())
                .isEqualTo("rowcast-verkauf_s__neu_.bestellungen___x_y_-shop");
        refused(() -> IndexNames.of(NAME, tables("public", "Orders", "ORDERS")), "would have one index");
    }

    @Test
    void listOfTablesMatchesThemAndNothingElse() {
        assertThat(IncludeList.of(LOAN)).isEqualTo("public.loan_application,public.loan_application_captured");
        for (ModelContract contract :
                List.of(LOAN, strange(), tables("A.b", "Orders", "order*s"), tables("s", "a\u2028b", "größe"))) {
            List<Pattern> list = Arrays.stream(IncludeList.of(contract).split(",", -1))
                    .map(entry -> Pattern.compile(entry, Pattern.CASE_INSENSITIVE))
                    .toList();
            String source = contract.source().schema() + "." + contract.source().table();
            String captured =
                    contract.captured().schema() + "." + contract.captured().table();
            assertThat(list).hasSize(2);
            assertThat(list.getFirst().matcher(source).matches()).isTrue();
            assertThat(list.getLast().matcher(captured).matches()).isTrue();
            assertThat(list.getFirst().matcher(captured).matches()).isFalse();
            assertThat(list.getFirst().matcher(source + "x").matches()).isFalse();
        }
        assertThat(Pattern.compile(
                                IncludeList.of(tables("public", "Orders", "c")).split(",", -1)[0],
                                Pattern.CASE_INSENSITIVE)
                        .matcher("public.orders")
                        .matches())
                .as("the table of another case")
                .isFalse();
    }

    @Test
    void plainYamlHasNoOtherMeaning() {
        assertThat(Quoted.yaml("public.loan_application,public.b")).isEqualTo("public.loan_application,public.b");
        assertThat(Quoted.yaml("(?-i)it's\\x20#1")).isEqualTo("'(?-i)it''s\\x20#1'");
    }

    private static void refused(Runnable of, String message) {
        assertThatExceptionOfType(ContractException.class)
                .isThrownBy(of::run)
                .withMessageStartingWith("contract: ")
                .withMessageContaining(message)
                .withMessageNotContaining("\n");
    }
}
