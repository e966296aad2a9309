package dev.rowcast.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeDecoderTest {

    private final ChangeDecoder decoder =
            new ChangeDecoder(3, KeyColumns.of("public", "person_churn_history", List.of("customerid")));

    private Decoded decode(String json) {
        return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void insertIsAnUpsertWithItsPositionOriginKeyAndRow() {
        Decoded decoded = decode("""
                {"before":null,"after":{"customerid":"2718-YSKCS","tenure":1,"monthlycharges":29.85,"churn":null},
                 "source":{"connector":"postgresql","ts_ms":1764000000123,"ts_us":1764000000123456,
                           "schema":"public","table":"person_churn_history","txId":7,"lsn":23456789},
                 "op":"c","ts_ms":1764000000200}""");

        assertThat(decoded).isInstanceOfSatisfying(Upsert.class, upsert -> {
            assertThat(upsert.position()).isEqualTo(new Position(3, 23456789));
            assertThat(upsert.origin())
                    .isEqualTo(
                            new Origin("public", "person_churn_history", Instant.parse("2025-11-24T16:00:00.123456Z")));
            assertThat(upsert.key()).isEqualTo(new Key(List.of("customerid"), List.of("2718-YSKCS")));
            assertThat(upsert.operation()).isEqualTo(Operation.CREATE);
            assertThat(upsert.after().columns())
                    .hasToString(
                            "{\"customerid\":\"2718-YSKCS\",\"tenure\":1,\"monthlycharges\":29.85,\"churn\":null}");
            assertThat(upsert.before()).isEqualTo(Optional.empty());
        });
    }
}
