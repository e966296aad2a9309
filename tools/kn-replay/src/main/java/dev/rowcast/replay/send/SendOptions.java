package dev.rowcast.replay.send;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.replay.connection.FunctionAddresses;
import dev.rowcast.replay.connection.LocalRun;
import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options for sending events. The defaults are those of Rowcast's KafkaSources.
public final class SendOptions {

    private static final int MAX_CONCURRENCY = 10_000;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace of the functions. Default: ${DEFAULT-VALUE}.")
    private String namespace = "rowcast";

    @Option(
            names = "--service-url",
            paramLabel = "PATTERN",
            description = "Address of ksvc:NAME, such as http://NAME.NAMESPACE.svc.cluster.local. "
                    + "Default: $$KN_REPLAY_SERVICE_URL, or kn is asked.",
            defaultValue = "${env:KN_REPLAY_SERVICE_URL}")
    private String serviceUrl;

    @Option(names = "--concurrency", paramLabel = "N", description = "Concurrent events. Default: ${DEFAULT-VALUE}.")
    private int concurrency = 50;

    @Option(names = "--rate", paramLabel = "N", description = "Maximum of events per second. Default: no limit.")
    private Double rate;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "Retries after no response or status 404, 408, 409, 429, 5xx. Default: ${DEFAULT-VALUE}.")
    private int retries = 34;

    @Option(
            names = "--backoff-delay",
            paramLabel = "DURATION",
            description = "ISO 8601; the wait before retry n is this × n. Default: ${DEFAULT-VALUE}.")
    private Duration backOff = Duration.ofSeconds(1);

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Time to wait for a response, ISO 8601, including a cold start. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = "--sink-ca", paramLabel = "FILE", description = "PEM file to verify https. Default: the system's.")
    private Path authorities;

    /// {@return the namespace of the functions}
    public String namespace() {
        return namespace;
    }

    /// {@return how to find the functions}
    ///
    /// @param localRun the run whose functions are used
    public FunctionAddresses addresses(Optional<LocalRun> localRun) {
        return new FunctionAddresses(localRun, Optional.ofNullable(serviceUrl), namespace);
    }

    /// {@return the number of concurrent events}
    ///
    /// @throws UsageException if it is out of range
    public int concurrency() {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new UsageException("--concurrency is 1 to " + MAX_CONCURRENCY + ", not " + concurrency);
        }
        return concurrency;
    }

    /// {@return a limit of events per second}
    ///
    /// @throws UsageException if it is not positive
    public SendRate rateLimiter() {
        if (rate != null && !(rate > 0)) {
            throw new UsageException("--rate is more than 0, not " + rate);
        }
        return new SendRate(rate == null ? 0 : rate);
    }

    /// {@return when and how often an event is tried again}
    ///
    /// @throws UsageException if a number or a duration is out of range
    public RetryPolicy retryPolicy() {
        if (retries < 0 || backOff.isNegative() || !timeout.isPositive()) {
            throw new UsageException("--retry and --backoff-delay are 0 or more, --timeout is more than 0");
        }
        return new RetryPolicy(retries, RetryPolicy.BackOff.LINEAR, backOff, timeout);
    }

    /// {@return the certificates that an https sink is verified with; empty for those of the system}
    Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }
}
