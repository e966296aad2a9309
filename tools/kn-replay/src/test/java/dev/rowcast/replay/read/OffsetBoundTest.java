package dev.rowcast.replay.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OffsetBoundTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void wordsAndOffsetsAreParsed() {
        assertThat(OffsetBound.parse("earliest", NOW)).isEqualTo(new OffsetBound.Earliest());
        assertThat(OffsetBound.parse("latest", NOW)).isEqualTo(new OffsetBound.Latest());
        assertThat(OffsetBound.parse("1200", NOW)).isEqualTo(new OffsetBound.Offset(1200));
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-25T11:58:30Z",
        "15m, 2026-11-25T11:45:00Z",
        "2h, 2026-11-25T10:00:00Z",
        "7d, 2026-11-18T12:00:00Z",
        "2026-11-25T10:00:00Z, 2026-11-25T10:00:00Z",
        "2026-11-25T10:00:00.5+02:00, 2026-11-25T08:00:00.500Z"
    })
    void timeIsAnInstantOrAnAge(String text, Instant time) {
        assertThat(OffsetBound.parse(text, NOW)).isEqualTo(new OffsetBound.Time(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "yesterday", "2026-11-25", "2026-11-25T10:00:00", "2w", "1.5h"})
    void otherTextIsRefusedWithTheValidForms(String text) {
        assertThatThrownBy(() -> OffsetBound.parse(text, NOW))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("earliest, latest, an offset");
    }
}
