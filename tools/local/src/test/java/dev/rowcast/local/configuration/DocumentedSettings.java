package dev.rowcast.local.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The tables of `docs/configuration.md`: setting, variable, default, unit and meaning.
///
/// @param rows in the order of the page
record DocumentedSettings(List<Row> rows) {

    /// One setting.
    record Row(Setting setting, String environment, String unit, String meaning) {}

    private static final int COLUMNS = 5;

    /// Reads the page.
    static DocumentedSettings in(Path page) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            List<String> cells = cells(line);
            if (cells.size() == COLUMNS && cells.getFirst().startsWith("`")) {
                rows.add(new Row(
                        new Setting(plain(cells.get(0)), plain(cells.get(2))),
                        plain(cells.get(1)),
                        cells.get(3),
                        cells.get(4)));
            }
        }
        return new DocumentedSettings(List.copyOf(rows));
    }

    /// {@return the settings whose name starts with `prefix`}
    List<Setting> settings(String prefix) {
        return rows.stream()
                .map(Row::setting)
                .filter(setting -> setting.name().startsWith(prefix))
                .toList();
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("| ") || !line.endsWith(" |")) {
            return List.of();
        }
        return List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }
}
