package dev.rowcast.indexer.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.indexer.document.IndexedTables;
import dev.rowcast.indexer.tables.TablesFolder.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesFolderTest {

    private static final String TARIFF = """
            schema=sales
            key=country, name
            source.table=tariff
            source.index=tariffs
            captured.table=tariff_captured
            captured.index=tariff-predictions
            captured.json=previous,price_probabilities
            """;

    @TempDir
    Path folder;

    @Test
    void fileNamesBothTablesWithTheirIndices() throws IOException {
        write("tariff.properties", TARIFF);

        assertThat(tables())
                .containsOnly(
                        Map.entry(
                                "sales.tariff",
                                new IndexedTables.Table("tariffs", List.of("country", "name"), Set.of())),
                        Map.entry(
                                "sales.tariff_captured",
                                new IndexedTables.Table(
                                        "tariff-predictions",
                                        List.of("country", "name"),
                                        Set.of("previous", "price_probabilities"))));
    }

    @Test
    void historyIsAnIndexOfItsOwn() throws IOException {
        write("tariff.properties", TARIFF + "captured.history=tariff-scores\n");

        assertThat(tables().get("sales.tariff_captured").history()).contains("tariff-scores");
        assertThat(tables().get("sales.tariff").history()).isEmpty();

        write("tariff.properties", TARIFF + "captured.history=tariff-predictions\n");

        assertThat(tables()).isEmpty();
    }

    @Test
    void onlyOneOfTheTwoTablesIsEnough() throws IOException {
        write("tariff.properties", """
                schema=sales
                key=id
                captured.table=tariff_captured
                captured.index=tariff
                """);

        assertThat(tables()).containsOnlyKeys("sales.tariff_captured");
    }

    @Test
    void namesAreAnyIdentifierOfPostgres() throws IOException {
        write("größe.properties", """
                schema=Größen & Co
                key=Kunden\\\\,Nr, größe "x"
                source.table=Größe.2024
                source.index=groesse_2024
                """);

        assertThat(tables())
                .containsOnly(Map.entry(
                        "Größen & Co.Größe.2024",
                        new IndexedTables.Table("groesse_2024", List.of("Kunden,Nr", "größe \"x\""), Set.of())));
    }

    @Test
    void twoSchemasCanHaveATableOfTheSameName() throws IOException {
        write("a.properties", TARIFF);
        write("b.properties", TARIFF.replace("sales", "archive").replace("index=", "index=archive-"));

        assertThat(read().faults()).isEmpty();
        assertThat(tables()).containsKeys("sales.tariff", "archive.tariff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            schema=sales                | schema=             | schema is missing
            key=country, name           | key=                | key must name at least one column
            key=country, name           | key=id,id           | key must name each column once, is id,id
            source.index=tariffs        |                     | source.index is missing
            source.table=tariff         |                     | source.table is missing
            source.index=tariffs        | source.index=Upper  | source.index must be a name that Elasticsearch allows
            source.index=tariffs        | source.index=a,b    | source.index must be a name
            source.index=tariffs        | source.index=_x     | source.index must be a name
            captured.table=tariff_captured | captured.table=tariff | captured.table must not be the source table
            key=country, name           | keys=id             | keys is not a key of this file; the keys are
            key=country, name           | schema=x            | schema is there more than once
            key=country, name           | key=\\uzzzz         | is no property file
            """)
    void faultyFileIsRefusedWithItsNameAndTheKey(String line, String other, String problem) throws IOException {
        write("good.properties", TARIFF);
        String faulty = TARIFF.replace("sales", "archive").replace("index=tariff", "index=archive");
        String wrong = faulty.replace(
                line.replace("sales", "archive").replace("index=tariff", "index=archive"), other == null ? "" : other);
        assertThat(wrong).isNotEqualTo(faulty);
        write("bad.properties", wrong);

        assertThat(read().faults())
                .singleElement()
                .asString()
                .startsWith("bad.properties")
                .contains(problem)
                .doesNotContain("\n");
        assertThat(tables()).as("the other file applies").containsOnlyKeys("sales.tariff", "sales.tariff_captured");
    }

    @Test
    void filesThatClaimTheSameTableAreBothRefused() throws IOException {
        write("a.properties", TARIFF);
        write("b.properties", TARIFF.replace("index=", "index=other-"));

        assertThat(read().files()).isEmpty();
        assertThat(read().faults())
                .containsExactly(
                        "a.properties and b.properties: table sales.tariff is claimed more than once",
                        "a.properties and b.properties: table sales.tariff_captured is claimed more than once");
    }

    @Test
    void filesThatClaimTheSameIndexAreBothRefused() throws IOException {
        write("a.properties", TARIFF);
        write("b.properties", TARIFF.replace("sales", "archive").replace("captured.index=", "captured.index=archive-"));
        write("c.properties", "schema=c\nkey=id\nsource.table=c\nsource.index=c\n");

        assertThat(read().faults())
                .containsExactly("a.properties and b.properties: index tariffs is claimed more than once");
        assertThat(tables()).containsOnlyKeys("c.c");
    }

    @Test
    void indexOfTheCasesBelongsToNoTable() throws IOException {
        write("a.properties", TARIFF.replace("=tariffs", "=cases"));

        assertThat(read().faults())
                .containsExactly("a.properties and rowcast.indexer.cases-index: index cases is claimed more than once");
    }

    @Test
    void hiddenEntriesOfAMountedConfigMapAreNoFiles() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..2026_11_30"));
        Files.writeString(data.resolve("tariff.properties"), TARIFF);
        Files.createSymbolicLink(folder.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(folder.resolve("tariff.properties"), Path.of("..data/tariff.properties"));

        assertThat(read().faults()).isEmpty();
        assertThat(tables()).containsOnlyKeys("sales.tariff", "sales.tariff_captured");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tariff", "tariff.yaml", "tariff.property"})
    void fileWithAnotherEndingIsNotIgnored(String name) throws IOException {
        write(name, TARIFF);

        assertThat(read().faults()).containsExactly(name + ": the name must end in .properties");
    }

    @Test
    void missingFolderIsTold() {
        assertThat(new TablesFolder(folder.resolve("none"), "cases").read())
                .isEqualTo(new Reading(List.of(), List.of("folder " + folder.resolve("none") + " does not exist")));
    }

    @Test
    void casesOfAnActionHaveTheKeyOfTheTableAndAnIndexOfTheirOwn() throws IOException {
        write("tariff.properties", TARIFF + "cases.type=com.example.tariff\ncases.index=tariff-cases\n");

        assertThat(read().tables("cases").cases())
                .containsOnly(
                        Map.entry("dev.rowcast.retention", new IndexedTables.Cases("cases", List.of("customerid"))),
                        Map.entry(
                                "com.example.tariff",
                                new IndexedTables.Cases("tariff-cases", List.of("country", "name"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cases.index=x                               | tariff.properties: cases.type is missing
            cases.type=t                                | tariff.properties: cases.index is missing
            cases.type=t;cases.index=_x                 | tariff.properties: cases.index must
            cases.type=t;cases.index=tariffs            | tariff.properties: index tariffs is claimed more than once
            cases.type=t;cases.index=cases              | rowcast.indexer.cases-index and tariff.properties: index cases
            cases.type=dev.rowcast.retention;cases.index=x | tariff.properties: cases.type dev.rowcast.retention is claimed
            """)
    void casesThatCannotBeIndexedAreAFaultOfTheFile(String keys, String fault) throws IOException {
        write("tariff.properties", TARIFF + keys.replace(';', '\n') + "\n");

        assertThat(read().files()).isEmpty();
        assertThat(read().faults()).singleElement().asString().contains(fault);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Reading read() {
        return new TablesFolder(folder, "cases").read();
    }

    private Map<String, IndexedTables.Table> tables() {
        return read().tables("cases").byName();
    }
}
