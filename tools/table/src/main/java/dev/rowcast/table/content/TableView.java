package dev.rowcast.table.content;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.name.IncludeList;
import dev.rowcast.table.name.IndexNames;
import dev.rowcast.table.name.Quoted;
import dev.rowcast.table.name.TableName;
import dev.rowcast.table.name.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the templates show of a contract: each value as its file needs it, quoted where that is necessary.
///
/// @param contract the contract
/// @param name the name of the table's resources
/// @param folder the folder, as a user types it
/// @param server has the table
/// @param action the action on its predictions; empty for none
record TableView(ModelContract contract, TableName name, String folder, ServerAddress server, Optional<Action> action) {

    /// Largest number of fields for which an index needs no setting of its own.
    private static final int USUAL_FIELDS = 900;

    /// Fields beside the columns, with a reserve for columns that are added later.
    private static final int OTHER_FIELDS = 100;

    /// The column of the captured table, and field of every document, that says whether the row is gone.
    private static final String DELETED = "deleted";

    /// An entry of the indexer's settings.
    ///
    /// @param file name of the file
    /// @param schema schema of its tables
    /// @param key key columns, as the value of a property
    /// @param tables its tables
    /// @param cases the cases of an action on its captured table; none or one
    record Settings(String file, String schema, String key, List<Table> tables, List<Cases> cases) {}

    /// A table in the indexer's settings.
    ///
    /// @param which `source` or `captured`
    /// @param table name of the table
    /// @param index name of its index
    /// @param json columns that arrive as text and are stored as objects, as the value of a property; none or one
    record Table(String which, String table, String index, List<String> json) {}

    /// The cases of an action in the indexer's settings.
    ///
    /// @param type type of their events
    /// @param index name of their index
    record Cases(String type, String index) {}

    /// The values by the names that the templates use.
    Map<String, Object> values() {
        Topics topics = Topics.of(name, contract);
        List<IndexField> source = sourceFields();
        List<IndexField> captured = capturedFields();
        int fields = Math.max(source.size(), captured.size());
        Map<String, Object> values = new HashMap<>(Map.of(
                "name", name.text(),
                "slot", name.slot(),
                "model", contract.model().version(),
                "folder", folder,
                "includeList", Quoted.yaml(IncludeList.of(contract)),
                "topic", topics,
                "index", index(),
                "settings", settings(),
                "fields", Map.of("source", source, "captured", captured)));
        values.put("fieldLimit", fields > USUAL_FIELDS ? List.of(fields + OTHER_FIELDS) : List.of());
        values.put("insert", ExampleRow.insert(contract));
        values.put("postgres", new ServerView(server, name).values());
        values.put("elsewhere", server.isElsewhere());
        values.put("select", ExampleRow.select(contract));
        values.put(
                "action",
                action.stream()
                        .map(each -> new ActionView(each, contract).values())
                        .toList());
        return values;
    }

    /// The files of the indexer's settings: one, or two when the tables are in different schemas.
    List<Settings> settings() {
        IndexNames indices = IndexNames.of(name, contract);
        String key = Quoted.properties(contract.source().key());
        Table source = new Table("source", Quoted.property(contract.source().table()), indices.source(), List.of());
        Table captured = new Table(
                "captured",
                Quoted.property(contract.captured().table()),
                indices.captured(),
                List.of(Quoted.properties(OutputColumns.of(contract).json())));
        List<Cases> cases = action.stream()
                .map(each -> new Cases(each.type(), each.index()))
                .toList();
        String sourceSchema = Quoted.property(contract.source().schema());
        String capturedSchema = Quoted.property(contract.captured().schema());
        if (sourceSchema.equals(capturedSchema)) {
            return List.of(
                    new Settings(name.text() + ".properties", sourceSchema, key, List.of(source, captured), cases));
        }
        return List.of(
                new Settings(name.text() + ".properties", sourceSchema, key, List.of(source), List.of()),
                new Settings(name.text() + "_captured.properties", capturedSchema, key, List.of(captured), cases));
    }

    private Map<String, Object> index() {
        IndexNames indices = IndexNames.of(name, contract);
        String table = contract.source().table();
        return Map.of(
                "source", indices.source(),
                "captured", indices.captured(),
                "json",
                        Map.of(
                                "source", Quoted.json(indices.source()),
                                "captured", Quoted.json(indices.captured())),
                "description",
                        Map.of(
                                "source", Quoted.json("Rows of " + table + ", one document per key."),
                                "captured", Quoted.json("Predictions for " + table + ", one document per key.")));
    }

    private List<IndexField> sourceFields() {
        List<IndexField> fields = new ArrayList<>(rowFields());
        fields.add(new IndexField(DELETED, IndexField.BOOLEAN));
        return fields;
    }

    private List<IndexField> capturedFields() {
        List<IndexField> fields = new ArrayList<>(rowFields());
        OutputColumns.of(contract).fields().stream()
                .filter(field -> field.isMapped() || field.column().equals(DELETED))
                .forEach(fields::add);
        return fields;
    }

    private List<IndexField> rowFields() {
        return SourceColumn.of(contract).stream()
                .map(IndexField::of)
                .filter(IndexField::isMapped)
                .toList();
    }
}
