package dev.rowcast.proof.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Upsert;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Step;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.proof.fuzz.input.Framing;
import dev.rowcast.proof.fuzz.input.Header;
import dev.rowcast.proof.fuzz.input.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FuzzInputsTest {

    private static final int SOME = 400;
    private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\x00]");

    private final FuzzInputs inputs = new FuzzInputs(Corpus.all(), plan(7));

    @Test
    void sameSeedAndNumberGiveTheSameInput() {
        FuzzInputs again = new FuzzInputs(Corpus.all(), plan(7));

        assertThat(LongStream.range(0, SOME)).allSatisfy(number -> {
            assertThat(again.at(number)).hasToString(inputs.at(number).toString());
            assertThat(again.at(number).body()).isEqualTo(inputs.at(number).body());
        });
    }

    @Test
    void otherSeedsGiveOtherInputs() {
        FuzzInputs others = new FuzzInputs(Corpus.all(), plan(8));

        assertThat(some().filter(input ->
                        Arrays.equals(input.body(), others.at(input.number()).body())))
                .as("inputs that are the same by chance, such as empty ones")
                .hasSizeLessThan(SOME / 20);
    }

    @Test
    void aFifthToFourFifthsOfTheInputsAreStorableChanges() {
        ChangeDecoder decoder =
                new ChangeDecoder(0, KeyColumns.of("public", "person_churn_history", List.of("customerid")));
        FuzzInputs source = new FuzzInputs(Corpus.source(), plan(7));

        assertThat(LongStream.range(0, SOME).mapToObj(source::at))
                .filteredOn(input -> decoder.decode(input.body()) instanceof Step.Next<Change>(Upsert _))
                .hasSizeBetween(SOME / 5, SOME * 4 / 5);
    }

    @Test
    void inputsHaveEveryFramingForeignTypesAndLargeBodies() {
        assertThat(Framing.values()).allMatch(framing -> isFound(input -> input.framing() == framing));
        assertThat(isFound(input -> header(input, "ce-type").equals(Optional.of("com.example.foreign"))))
                .isTrue();
        assertThat(isFound(input -> header(input, "ce-id").isEmpty())).isTrue();
        assertThat(isFound(input -> header(input, "content-type")
                        .filter(type -> type.startsWith("multipart"))
                        .isPresent()))
                .isTrue();
        assertThat(isFound(input -> input.body().length > 50_000)).isTrue();
    }

    @Test
    void headersContainNoLineBreak() {
        assertThat(some().flatMap(input -> input.headers().stream()))
                .noneMatch(header ->
                        LINE_BREAK.matcher(header.name() + header.text()).find());
    }

    @Test
    void inputsEndWithThePlan() {
        FuzzInputs few = new FuzzInputs(Corpus.all(), new FuzzPlan("few", 3, 7, false));

        assertThat(Stream.generate(few::next).limit(5).flatMap(Optional::stream))
                .extracting(Input::number)
                .containsExactly(0L, 1L, 2L);
    }

    private Stream<Input> some() {
        return LongStream.range(0, SOME).mapToObj(inputs::at);
    }

    private boolean isFound(Predicate<Input> wanted) {
        return LongStream.range(0, 20_000).mapToObj(inputs::at).anyMatch(wanted);
    }

    private static Optional<String> header(Input input, String name) {
        return input.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::text)
                .findFirst();
    }

    private static FuzzPlan plan(long seed) {
        return new FuzzPlan("test", SOME, seed, false);
    }
}
