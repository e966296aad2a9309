package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How events are sent. What is not said is as the KafkaSources of Rowcast have it.
public final class SendOptions {

    private static final int MOST = 10_000;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace of the functions. Default: ${DEFAULT-VALUE}.",
            defaultValue = "rowcast")
    private String namespace;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Events under way at a time. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int concurrency;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second at most. Default: as fast as they are taken.")
    private Double rate;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "Tries after the first one, for answers of 500 and above, 404, 408, 409, 429, or none. "
                    + "Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int retries;

    @Option(
            names = "--backoff-delay",
            paramLabel = "DURATION",
            description = "Unit of the waits between tries, ISO 8601; the wait before try n is this × 2^n. "
                    + "Default: ${DEFAULT-VALUE}.",
            defaultValue = "PT0.3S")
    private Duration backOff;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long an answer may take, ISO 8601, a cold start included. Default: ${DEFAULT-VALUE}.",
            defaultValue = "PT30S")
    private Duration timeout;

    @Option(
            names = "--sink-ca",
            paramLabel = "FILE",
            description = "Certificates in PEM that an https sink is trusted by. Default: those of the system.")
    private Path authorities;

    /// Namespace of the functions.
    public String namespace() {
        return namespace;
    }

    /// Events under way at a time.
    ///
    /// @throws UsageException when it is out of its range
    public int concurrency() {
        if (concurrency < 1 || concurrency > MOST) {
            throw new UsageException("--concurrency is 1 to " + MOST + ", not " + concurrency);
        }
        return concurrency;
    }

    /// Events a second at most.
    ///
    /// @throws UsageException when it is not positive
    public RateLimiter pace() {
        if (rate != null && !(rate > 0)) {
            throw new UsageException("--rate is more than 0, not " + rate);
        }
        return new RateLimiter(rate == null ? 0 : rate);
    }

    /// When and how often an event is tried again.
    ///
    /// @throws UsageException when it makes no sense
    public RetryPolicy retryPolicy() {
        if (retries < 0 || backOff.isNegative() || !timeout.isPositive()) {
            throw new UsageException("--retry and --backoff-delay are 0 or more, --timeout is more than 0");
        }
        return new RetryPolicy(retries, RetryPolicy.BackOff.EXPONENTIAL, backOff, timeout);
    }

    /// What an https sink is trusted by; empty for the system's certificates.
    Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }
}
