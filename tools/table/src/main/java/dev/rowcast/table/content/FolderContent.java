package dev.rowcast.table.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.rowcast.local.schema.SchemaSql;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.existing.ServerAddress;
import dev.rowcast.table.kibana.SavedObjects;
import dev.rowcast.table.name.IndexNames;
import dev.rowcast.table.name.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a table's folder, except for the model.
///
/// ```
///   contract, name ─▶ TableView ─▶ templates ─▶ files
///              ├────▶ SchemaSql, for an action also its case table ─▶ schema.sql
///              └────▶ BoardOfTable ─▶ kibana.ndjson
/// ```
public final class FolderContent {

    private static final Mustache.Compiler TEMPLATES =
            Mustache.compiler().escapeHTML(false).strictSections(true);

    private static final List<String> SAME_NAME = List.of(
            "README.md",
            "connector.yaml",
            "kustomization.yaml",
            "network-policies.yaml",
            "service.yaml",
            "setup-job.yaml",
            "sources.yaml",
            "topics.yaml",
            "users.yaml");

    private FolderContent() {}

    /// The content of each file, by its path in the folder.
    ///
    /// @param folder the folder, as a user types it
    /// @param server has the table
    /// @param action the action on its predictions; empty for none
    /// @throws ContractException with one line when a system cannot have a name of the contract
    public static SortedMap<String, byte[]> of(
            ModelContract contract, TableName name, String folder, ServerAddress server, Optional<Action> action) {
        TableView view = new TableView(contract, name, folder, server, action);
        Map<String, Object> values = view.values();
        IndexNames indices = IndexNames.of(name, contract);
        SortedMap<String, String> files = new TreeMap<>();
        SAME_NAME.forEach(file -> files.put(file, rendered(file, values)));
        files.put("index-templates/" + indices.source() + ".json", rendered("index-templates/source.json", values));
        files.put("index-templates/" + indices.captured() + ".json", rendered("index-templates/captured.json", values));
        view.settings()
                .forEach(settings -> files.put(
                        "indexer-tables/" + settings.file(),
                        rendered("indexer-tables.properties", Map.of("name", name.text(), "of", settings))));
        files.put("kibana.ndjson", SavedObjects.of(new BoardOfTable(contract, name, action).boards()));
        action.ifPresent(each -> {
            files.put("action.yaml", rendered("action.yaml", values));
            files.put("index-templates/" + each.index() + ".json", rendered("index-templates/cases.json", values));
        });
        String tables = SchemaSql.of(contract, name.text());
        files.put("schema.sql", action.map(each -> tables + "\n" + each.sql()).orElse(tables));
        SortedMap<String, byte[]> bytes = new TreeMap<>();
        files.forEach((file, text) -> bytes.put(file, text.getBytes(UTF_8)));
        return bytes;
    }

    private static String rendered(String file, Map<String, Object> values) {
        return template(file).execute(values);
    }

    private static Template template(String file) {
        try (InputStream text = FolderContent.class.getResourceAsStream("/dev/rowcast/table/template/" + file)) {
            return TEMPLATES.compile(new String(text.readAllBytes(), UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
