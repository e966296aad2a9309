package dev.rowcast.table.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table's folder, and what it should contain.
public final class TableFolder {

    /// The file of the digests.
    public static final String RECORD = "generated.sha256";

    private final Path folder;
    private final SortedMap<String, byte[]> wanted;
    private final Digests recorded;
    private final SortedMap<String, FileState> states = new TreeMap<>();

    private TableFolder(Path folder, SortedMap<String, byte[]> wanted, Digests recorded) {
        this.folder = folder;
        this.wanted = wanted;
        this.recorded = recorded;
        wanted.forEach((file, content) -> states.put(file, state(file, content)));
        recorded.byFile().keySet().stream()
                .filter(file -> !wanted.containsKey(file))
                .forEach(file -> superfluous(file).ifPresent(state -> states.put(file, state)));
    }

    /// Compares a folder with what it should contain.
    ///
    /// @param folder the folder, which need not exist
    /// @param wanted the content of each file, by its path in the folder
    public static TableFolder of(Path folder, SortedMap<String, byte[]> wanted) {
        Digests recorded = read(folder.resolve(RECORD))
                .map(record -> Digests.parse(new String(record, UTF_8)))
                .orElse(Digests.NONE);
        return new TableFolder(folder, wanted, recorded);
    }

    /// The files that are in a state, sorted.
    public List<String> in(FileState state) {
        return states.entrySet().stream()
                .filter(file -> file.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Writes new and outdated files and deletes superfluous ones. Leaves every edited file.
    public void update() {
        write(List.of(FileState.NEW, FileState.OUTDATED, FileState.SUPERFLUOUS));
    }

    /// Like [#update], and replaces edited files.
    public void replace() {
        write(List.of(FileState.NEW, FileState.OUTDATED, FileState.SUPERFLUOUS, FileState.EDITED));
    }

    /// What [#replace] would change, as a unified diff.
    public String differences() {
        StringBuilder text = new StringBuilder();
        states.forEach((file, state) -> {
            if (state != FileState.CURRENT) {
                text.append(Differences.of(file, read(folder.resolve(file)), Optional.ofNullable(wanted.get(file))));
            }
        });
        return text.toString();
    }

    private void write(List<FileState> changed) {
        Map<String, Optional<String>> digests = new HashMap<>();
        states.forEach((file, state) -> {
            Optional<byte[]> content = Optional.ofNullable(wanted.get(file));
            if (changed.contains(state)) {
                content.ifPresentOrElse(
                        bytes -> store(folder.resolve(file), bytes), () -> delete(folder.resolve(file)));
            }
            if (changed.contains(state) || state == FileState.CURRENT) {
                digests.put(file, content.map(Digests::of));
            }
        });
        byte[] record = recorded.with(digests).bytes();
        if (!Arrays.equals(read(folder.resolve(RECORD)).orElse(new byte[0]), record)) {
            store(folder.resolve(RECORD), record);
        }
    }

    private FileState state(String file, byte[] content) {
        return read(folder.resolve(file))
                .map(now -> {
                    if (Arrays.equals(now, content)) {
                        return FileState.CURRENT;
                    }
                    return isAsWritten(file, now) ? FileState.OUTDATED : FileState.EDITED;
                })
                .orElse(FileState.NEW);
    }

    private Optional<FileState> superfluous(String file) {
        return read(folder.resolve(file)).map(now -> isAsWritten(file, now) ? FileState.SUPERFLUOUS : FileState.EDITED);
    }

    private boolean isAsWritten(String file, byte[] now) {
        return recorded.of(file).filter(Digests.of(now)::equals).isPresent();
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Replaces the file and never what it is a link to.
    private static void store(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path written = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
