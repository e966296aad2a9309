package dev.rowcast.testkit.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/// Assertions on the answers of a function.
public final class FunctionAnswers {

    private FunctionAnswers() {}

    /// Fails unless the answer is 503 with the time to wait.
    public static void assertRetryLater(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    /// Fails unless the answer is 422 with these headers.
    ///
    /// @param function the name of the function
    /// @param message a part of the message
    public static void assertRejected(HttpResponse<String> answer, String function, String reason, String message) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains(reason);
        assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                .hasValueSatisfying(text -> assertThat(text).contains(message));
        assertThat(answer.headers().firstValue("kne-rowcastfunction")).contains(function);
    }
}
