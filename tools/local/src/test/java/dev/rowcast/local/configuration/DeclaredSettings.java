package dev.rowcast.local.configuration;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of the compiled functions: the properties of each `@ConfigMapping`, and those of
/// their property files.
///
/// @param properties properties of the mappings, with the defaults of the code
/// @param files      properties of the files `application.properties` and `microprofile-config.properties`;
///                   where functions differ, all values in the order of the functions' names
record DeclaredSettings(List<Setting> properties, Map<String, String> files) {

    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String DEFAULT = "io.smallrye.config.WithDefault";
    private static final String NAME = "io.smallrye.config.WithName";
    private static final List<String> FILES =
            List.of("META-INF/microprofile-config.properties", "application.properties");

    /// Reads the settings.
    ///
    /// @param modules folders of the built functions
    static DeclaredSettings of(List<Path> modules) throws IOException {
        List<Path> folders = modules.stream()
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        JavaClasses classes = new ClassFileImporter().importPaths(folders);
        List<Setting> properties = new ArrayList<>();
        for (JavaClass mapping : classes) {
            if (mapping.isAnnotatedWith(MAPPING)) {
                String prefix = value(mapping.getAnnotationOfType(MAPPING).getProperties(), "prefix");
                collect(prefix, mapping, properties);
            }
        }
        Map<String, String> files = new TreeMap<>();
        for (Path folder : folders) {
            for (String file : FILES) {
                read(folder.resolve(file), files);
            }
        }
        return new DeclaredSettings(properties.stream().sorted().toList(), files);
    }

    private static void collect(String prefix, JavaClass group, List<Setting> properties) {
        for (JavaMethod method : group.getMethods()) {
            String name = prefix + "." + annotated(method, NAME).orElseGet(() -> kebab(method.getName()));
            String nested = method.getRawReturnType().isAssignableTo(Map.class) ? name + ".<name>" : name;
            groupIn(method.getReturnType())
                    .ifPresentOrElse(
                            inner -> collect(nested, inner, properties),
                            () -> properties.add(new Setting(
                                    nested, annotated(method, DEFAULT).orElse(Setting.NONE))));
        }
    }

    /// The interface of this project that `type` is or has as a type argument.
    private static Optional<JavaClass> groupIn(JavaType type) {
        JavaClass raw = type.toErasure();
        if (raw.isInterface() && raw.getPackageName().startsWith("dev.rowcast")) {
            return Optional.of(raw);
        }
        return type instanceof JavaParameterizedType parameterized
                ? parameterized.getActualTypeArguments().stream()
                        .map(DeclaredSettings::groupIn)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> annotated(JavaMethod method, String annotation) {
        return method.getAnnotations().stream()
                .filter(present -> present.getRawType().getName().equals(annotation))
                .map(present -> value(present.getProperties(), "value"))
                .findFirst();
    }

    private static String value(Map<String, Object> properties, String name) {
        return String.valueOf(properties.get(name));
    }

    private static String kebab(String method) {
        return Stream.of(method.split("(?=\\p{Lu})", -1))
                .map(word -> word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("-"));
    }

    /// The values of a setting that differs between functions, in the format of the page.
    private static String both(String one, String other) {
        return one.equals(other) ? one : one + ", " + other;
    }

    private static void read(Path file, Map<String, String> into) throws IOException {
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            properties
                    .stringPropertyNames()
                    .forEach(name -> into.merge(name, properties.getProperty(name), DeclaredSettings::both));
        }
    }
}
