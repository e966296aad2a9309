package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Passwords of the database's roles, generated at the first start and stored in a file that only its owner
/// can read.
public final class Passwords {
    /// The superuser, which applies the schema.
    public static final String SUPERUSER = "postgres";

    /// The roles of the schema that can log in.
    public static final List<String> ROLES = List.of("app", "connector", "predictor", "retention", "operator");

    private final Path file;
    private final Properties passwords;

    private Passwords(Path file, Properties passwords) {
        this.file = file;
        this.passwords = passwords;
    }

    /// Reads the file, and adds a password for each role that has none.
    ///
    /// @param file a properties file, created with mode 0600 if it is missing
    /// @return the passwords
    public static Passwords in(Path file) {
        try {
            Properties passwords = new Properties();
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    passwords.load(reader);
                }
            }
            if (addMissing(passwords)) {
                Map<String, String> all = new TreeMap<>();
                passwords.stringPropertyNames().forEach(role -> all.put(role, passwords.getProperty(role)));
                new SettingsFile(file).write(all);
            }
            return new Passwords(file, passwords);
        } catch (IOException failure) {
            throw new StationFailure(
                    "The passwords in " + file + " cannot be stored: " + failure.getMessage(), failure);
        }
    }

    private static boolean addMissing(Properties passwords) {
        List<String> missing = Stream.concat(Stream.of(SUPERUSER), ROLES.stream())
                .filter(role -> !passwords.containsKey(role))
                .toList();
        missing.forEach(role -> passwords.setProperty(role, random()));
        return !missing.isEmpty();
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// {@return the password of a role: hexadecimal digits, which need no quotes in any syntax}
    ///
    /// @param role a role of [#ROLES], or [#SUPERUSER]
    public String of(String role) {
        String password = passwords.getProperty(role);
        if (password == null) {
            throw new IllegalArgumentException("There is no role " + role + " in " + file);
        }
        return password;
    }
}
