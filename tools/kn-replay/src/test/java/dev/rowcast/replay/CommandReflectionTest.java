package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// What picocli's annotation processor tells a native image, against the commands: picocli creates them,
/// and sets their fields, by reflection.
class CommandReflectionTest {

    private static final String CONFIGURATION =
            "META-INF/native-image/picocli-generated/dev.rowcast/kn-replay/reflect-config.json";

    private static final List<Class<? extends Annotation>> SET_BY_PICOCLI = List.of(
            Option.class,
            Parameters.class,
            Mixin.class,
            ArgGroup.class,
            Spec.class,
            ParentCommand.class,
            Unmatched.class);

    @Test
    void everyCommandAndItsFieldsAreRegistered() throws IOException {
        Map<String, Set<String>> registered = registered();
        Set<Class<?>> used = new LinkedHashSet<>();
        addClasses(KnReplay.commandLine().getCommandSpec(), used);

        assertThat(used).contains(RootCommand.class).hasSizeGreaterThan(10);
        for (Class<?> type : used) {
            Set<String> fields = fieldsSetByPicocli(type);
            assertThat(registered).containsKey(type.getName());
            assertThat(registered.get(type.getName())).as("fields of %s", type).containsAll(fields);
        }
        assertThat(registered.get("dev.rowcast.replay.connection.ReplayCommand"))
                .as("fields of the commands' base")
                .contains("spec", "kafka");
    }

    private static void addClasses(CommandSpec spec, Set<Class<?>> classes) {
        Class<?> type = spec.userObject().getClass();
        classes.add(type);
        for (Class<?> base = type.getSuperclass(); base != Object.class; base = base.getSuperclass()) {
            if (!fieldsSetByPicocli(base).isEmpty()) {
                classes.add(base);
            }
        }
        spec.mixins().values().forEach(mixin -> addClasses(mixin, classes));
        spec.subcommands().values().forEach(command -> addClasses(command.getCommandSpec(), classes));
    }

    private static Set<String> fieldsSetByPicocli(Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (SET_BY_PICOCLI.stream().anyMatch(field::isAnnotationPresent)) {
                fields.add(field.getName());
            }
        }
        return fields;
    }

    /// The registered fields of each registered class. The tests have a file of their own with the same
    /// name.
    private static Map<String, Set<String>> registered() throws IOException {
        Map<String, Set<String>> registered = new TreeMap<>();
        for (URL file :
                Collections.list(CommandReflectionTest.class.getClassLoader().getResources(CONFIGURATION))) {
            try (InputStream content = file.openStream()) {
                for (JsonNode entry : new JsonMapper().readTree(content)) {
                    Stream<String> fields = entry.path("fields").findValuesAsText("name").stream();
                    registered
                            .computeIfAbsent(entry.path("name").asText(), _ -> new TreeSet<>())
                            .addAll(fields.toList());
                }
            }
        }
        return registered;
    }
}
