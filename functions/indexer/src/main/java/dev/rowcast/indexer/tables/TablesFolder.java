package dev.rowcast.indexer.tables;

import dev.rowcast.indexer.document.IndexedTables;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The folder that has a file for each table. A faulty file does not affect the others.
///
/// @param path the folder
/// @param casesIndex the index of the retention cases, which no table may have
public record TablesFolder(Path path, String casesIndex) {

    private static final String SUFFIX = ".properties";
    private static final String RETENTION = "dev.rowcast.retention";
    private static final List<String> RETENTION_KEY = List.of("customerid");

    /// The content of the folder at one time.
    ///
    /// @param files the valid files, by name
    /// @param faults one line for each fault, sorted
    public record Reading(List<TableFile> files, List<String> faults) {

        /// A reading without any file.
        public static final Reading NONE = new Reading(List.of(), List.of());

        /// Copies the lists.
        public Reading {
            files = List.copyOf(files);
            faults = List.copyOf(faults);
        }

        /// All tables and cases of the valid files, and the retention cases.
        ///
        /// @param casesIndex name of the index of the retention cases
        public IndexedTables tables(String casesIndex) {
            Map<String, IndexedTables.Table> all = new HashMap<>();
            files.forEach(file -> all.putAll(file.tables()));
            Map<String, IndexedTables.Cases> cases = new HashMap<>();
            cases.put(RETENTION, new IndexedTables.Cases(casesIndex, RETENTION_KEY));
            files.forEach(file -> cases.putAll(file.cases()));
            return new IndexedTables(all, cases);
        }
    }

    /// Reads the folder; blocks.
    public Reading read() {
        try {
            try {
                return readOnce();
            } catch (NoSuchFileException replaced) {
                // The kubelet replaces all files of the mounted folder while it is read.
                return readOnce();
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return new Reading(List.of(), List.of("folder " + path + " does not exist"));
        } catch (IOException unreadable) {
            return new Reading(List.of(), List.of("folder " + path + " cannot be read: " + unreadable));
        }
    }

    private Reading readOnce() throws IOException {
        Map<String, TableFile> valid = new TreeMap<>();
        Set<String> faults = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, TablesFolder::isVisible)) {
            for (Path file : files) {
                try {
                    TableFile table = read(file);
                    valid.put(table.name(), table);
                } catch (TableFile.Fault fault) {
                    faults.add(fault.getMessage());
                }
            }
        }
        refuseClaimedTwice(valid, faults);
        return new Reading(List.copyOf(valid.values()), List.copyOf(faults));
    }

    /// A mounted ConfigMap has hidden entries, which its files are links to.
    private static boolean isVisible(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    private static TableFile read(Path file) throws IOException, TableFile.Fault {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            throw new TableFile.Fault(name + ": the name must end in " + SUFFIX);
        }
        try {
            return TableFile.parse(name, Files.readString(file));
        } catch (NoSuchFileException replaced) {
            throw replaced;
        } catch (IOException unreadable) {
            throw new TableFile.Fault(name + " cannot be read: " + unreadable);
        }
    }

    /// Which of two files is right is unknown, so a table, index or type that both claim is left out with both.
    private void refuseClaimedTwice(Map<String, TableFile> valid, Set<String> faults) {
        Map<String, List<String>> claims = new TreeMap<>();
        claim(claims, "index " + casesIndex, "rowcast.indexer.cases-index");
        claim(claims, "cases.type " + RETENTION, "rowcast.indexer.cases-index");
        for (TableFile file : valid.values()) {
            file.tables().forEach((table, settings) -> {
                claim(claims, "table " + table, file.name());
                claim(claims, "index " + settings.index(), file.name());
                settings.history().ifPresent(history -> claim(claims, "index " + history, file.name()));
            });
            file.cases().forEach((type, settings) -> {
                claim(claims, "cases.type " + type, file.name());
                claim(claims, "index " + settings.index(), file.name());
            });
        }
        Set<String> refused = new HashSet<>();
        claims.forEach((claimed, claimants) -> {
            if (claimants.size() > 1) {
                String names = String.join(" and ", new TreeSet<>(claimants));
                faults.add("%s: %s is claimed more than once".formatted(names, claimed));
                refused.addAll(claimants);
            }
        });
        valid.keySet().removeAll(refused);
    }

    private static void claim(Map<String, List<String>> claims, String what, String claimant) {
        claims.computeIfAbsent(what, _ -> new ArrayList<>()).add(claimant);
    }
}
