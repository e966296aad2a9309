package dev.rowcast.local;

import dev.rowcast.local.run.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/// Checks the settings of `make run` before the build, which can take minutes. The JDK runs it as source
/// code, so it and the settings import only classes of the JDK.
public final class CheckSettings {

    private static final int MISUSED = 2;

    private CheckSettings() {}

    /// Exits with 2, after one line on standard error, when a setting is wrong.
    ///
    /// @param arguments none; the environment has the settings
    public static void main(String[] arguments) {
        try {
            RunSettings.of(System.getenv()).also().forEach(CheckSettings::requireTable);
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(MISUSED);
        }
    }

    private static void requireTable(String folder) {
        if (!Files.isReadable(Path.of(folder, "schema.sql"))) {
            throw new IllegalArgumentException("ALSO is " + folder
                    + ", which is no folder of a table such as examples/loan: it has no schema.sql");
        }
    }
}
