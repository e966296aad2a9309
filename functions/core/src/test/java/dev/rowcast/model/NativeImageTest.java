package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a native image is told about ONNX Runtime, against the library in use. Its native part asks for classes and
/// constructors by name; one that is not registered ends a native process without an exception.
class NativeImageTest {

    private static final String METADATA = "/META-INF/native-image/dev.rowcast/rowcast-core/reachability-metadata.json";
    private static final String LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";

    private final JsonNode registered = read();
    private final String library = printable(LIBRARY);

    @Test
    void everyClassThatTheLibraryNamesIsRegisteredAndNoOther() {
        Set<String> named = new TreeSet<>(matches("\\x00((?:ai/onnxruntime|java/lang)/\\w+)(?=\\x00)"));

        assertThat(named).contains("ai/onnxruntime/OnnxTensor");
        assertThat(registered.findValuesAsText("type").stream().map(type -> type.replace('.', '/')))
                .containsExactlyInAnyOrderElementsOf(named);
        assertThat(registered.findValues("jniAccessible")).hasSize(named.size()).allMatch(JsonNode::asBoolean);
    }

    @Test
    void everyConstructorThatTheLibraryNamesIsRegisteredAndNoOther() throws ClassNotFoundException {
        Set<String> descriptors = new TreeSet<>();
        for (Constructor<?> constructor : constructors()) {
            descriptors.add(descriptor(constructor));
        }

        assertThat(descriptors)
                .contains("([J[Ljava/lang/String;I)V")
                .containsExactlyInAnyOrderElementsOf(
                        new TreeSet<>(matches("\\x00(\\([IJZFDBSC\\[\\w/;]*\\)V)(?=\\x00)")));
    }

    @Test
    void everyRegisteredConstructorIsThere() throws ClassNotFoundException {
        for (Constructor<?> constructor : constructors()) {
            assertThat(Arrays.stream(constructor.getDeclaringClass().getDeclaredConstructors()))
                    .contains(constructor);
        }
    }

    private List<Constructor<?>> constructors() throws ClassNotFoundException {
        List<Constructor<?>> constructors = new ArrayList<>();
        for (JsonNode entry : registered) {
            Class<?> type = type(entry.path("type").asText());
            for (JsonNode method : entry.path("methods")) {
                assertThat(method.path("name").asText()).isEqualTo("<init>");
                List<Class<?>> parameters = new ArrayList<>();
                for (JsonNode parameter : method.path("parameterTypes")) {
                    parameters.add(type(parameter.asText()));
                }
                constructors.add(Arrays.stream(type.getDeclaredConstructors())
                        .filter(each -> List.of(each.getParameterTypes()).equals(parameters))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(type + " has no constructor " + parameters)));
            }
        }
        return constructors;
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return switch (name) {
            case "int" -> int.class;
            case "long" -> long.class;
            default ->
                name.endsWith("[]")
                        ? type(name.substring(0, name.length() - 2)).arrayType()
                        : Class.forName(name, false, NativeImageTest.class.getClassLoader());
        };
    }

    private static String descriptor(Constructor<?> constructor) {
        return MethodTypeDesc.of(
                        ClassDesc.ofDescriptor("V"),
                        Arrays.stream(constructor.getParameterTypes())
                                .map(parameter -> parameter.describeConstable().orElseThrow())
                                .toList())
                .descriptorString();
    }

    private List<String> matches(String pattern) {
        return Pattern.compile(pattern)
                .matcher(library)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toList());
    }

    private static JsonNode read() {
        try (InputStream file = NativeImageTest.class.getResourceAsStream(METADATA)) {
            return new JsonMapper().readTree(file).path("reflection");
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String printable(String resource) {
        try (InputStream file = NativeImageTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
