package dev.rowcast.proof.fuzz.mutation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The lists of `values.json`, from which mutations choose.
final class MutationValues {

    private static final Map<String, List<String>> LISTS = read();

    private MutationValues() {}

    static List<String> of(String list) {
        return LISTS.get(list);
    }

    static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Map<String, List<String>> read() {
        try (var file = MutationValues.class.getResourceAsStream("values.json")) {
            return new JsonMapper().readValue(file, new TypeReference<>() {});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
