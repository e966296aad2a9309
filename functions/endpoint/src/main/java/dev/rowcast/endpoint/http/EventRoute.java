package dev.rowcast.endpoint.http;

import dev.rowcast.endpoint.memory.EventsInFlight;
import dev.rowcast.endpoint.memory.Footprint;
import dev.rowcast.endpoint.memory.MemoryBudget;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.trace.TraceParent;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.recording.EventRefused;
import io.quarkus.funqy.runtime.ApplicationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The path of an event through HTTP: admission before the function, and the answers to failures after it.
///
/// ```
///   POST / ──▶ admit ──▶ body ──▶ inspect ──▶ Funqy ──▶ function ──▶ 204
///               │ stopping │ too large │ no CloudEvent   │ DeliveryFailure, or a bug
///               │ memory   │           │ memory          │ an unexpected type
///               │ encoded  │           │                 │
///               ▼          ▼           ▼                 ▼
///           422, 503      422       422, 503        422, 503, 500
/// ```
///
/// [FloodGuard] changes a 422 into a 503 if most events are rejected for the same reason.
class EventRoute {

    private static final Logger LOG = Logger.getLogger(EventRoute.class);
    private static final String EVENTS = "/";
    private static final int FIRST = Integer.MIN_VALUE;
    private static final int NO_CONTENT = 204;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final String RESERVATION = MemoryBudget.Reservation.class.getName();

    private final EventsInFlight events;
    private final MemoryBudget budget;
    private final DeliverySettings settings;
    private final OutcomeCounts counts;
    private final DeliveryTimes times;
    private final FloodGuard flood;
    private final MemorySize maxBody;
    private final String function;

    EventRoute(
            EventsInFlight events,
            MemoryBudget budget,
            DeliverySettings settings,
            OutcomeCounts counts,
            DeliveryTimes times,
            FloodGuard flood,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody,
            @ConfigProperty(name = "quarkus.application.name") String function) {
        this.events = events;
        this.budget = budget;
        this.settings = settings;
        this.counts = counts;
        this.times = times;
        this.flood = flood;
        this.maxBody = maxBody;
        this.function = function;
    }

    void register(@Observes Router router) {
        router.post(EVENTS).order(FIRST).handler(this::admit).failureHandler(this::failed);
        router.post(EVENTS).order(RouteConstants.ROUTE_ORDER_BODY_HANDLER + 1).handler(this::inspect);
    }

    private void admit(RoutingContext event) {
        long arrived = System.nanoTime();
        event.addEndHandler(ended -> times.add(arrived));
        if (!events.begin()) {
            answer(event, new Unavailable(function + " is stopping", settings.retryAfter()));
            return;
        }
        MemoryBudget.Reservation reservation = budget.reserve();
        event.put(RESERVATION, reservation);
        event.addEndHandler(ended -> {
            reservation.release();
            events.end();
        });
        event.addHeadersEndHandler(headers -> closeWhenStopping(event.response()));
        Optional<Rejected> encoded = ContentHeaders.faultOf(event.request().headers());
        if (encoded.isPresent()) {
            answer(event, encoded.get());
            return;
        }
        ContentHeaders.normalise(event.request().headers());
        TraceParent.toAttribute(event.request().headers());
        if (reservation.resize(footprintOf(event.request()))) {
            event.next();
        } else {
            answerNoMemory(event);
        }
    }

    /// A body beyond the limit is not read, so it needs no more memory than the limit.
    private long footprintOf(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long limit = maxBody.asLongValue();
        if (length != null && length.matches("\\d{1,18}")) {
            return Footprint.ofLength(Math.min(Long.parseLong(length), limit));
        }
        boolean isEmpty = length == null && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
        return isEmpty ? 0 : Footprint.ofUnknownLength(limit, budget.size());
    }

    private void inspect(RoutingContext event) {
        Buffer body = Optional.ofNullable(event.body().buffer()).orElseGet(Buffer::buffer);
        MemoryBudget.Reservation reservation = event.get(RESERVATION);
        if (!reservation.resize(Footprint.of(body))) {
            answerNoMemory(event);
            return;
        }
        if (StructuredMode.isUsedBy(event.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            Optional<Rejected> fault = StructuredMode.faultOf(body.getBytes());
            if (fault.isPresent()) {
                answer(event, fault.get());
                return;
            }
        }
        event.addEndHandler(ended -> {
            if (event.response().getStatusCode() == NO_CONTENT) {
                flood.onSuccess(event.request(), body.length());
            }
        });
        event.next();
    }

    private void failed(RoutingContext event) {
        Throwable failure = causeOf(event.failure());
        if (failure instanceof DeliveryFailure expected) {
            answer(event, expected.outcome());
        } else if (event.statusCode() == CONTENT_TOO_LARGE) {
            answer(event, new Rejected(Reason.TOO_LARGE, "the body is larger than quarkus.http.limits.max-body-size"));
        } else if (failure instanceof HttpClosedException) {
            LOG.debugf(
                    "The sender of event %s closed the connection and will retry",
                    event.request().getHeader("ce-id"));
        } else if (failure == null && event.statusCode() < FIRST_SERVER_ERROR) {
            answer(event, UnroutedEvent.rejection(event.request()));
        } else {
            LOG.errorf(
                    event.failure(),
                    "Fault while handling event %s",
                    event.request().getHeader("ce-id"));
            send(event, HttpAnswer.internalError());
        }
    }

    /// Funqy wraps the exceptions of a function.
    private static Throwable causeOf(Throwable failure) {
        return failure instanceof ApplicationException wrapped ? wrapped.getCause() : failure;
    }

    private void answerNoMemory(RoutingContext event) {
        answer(event, new Unavailable("the events in progress use the whole memory budget", settings.retryAfter()));
    }

    private void answer(RoutingContext event, Outcome outcome) {
        Outcome decided = flood.decide(event.request(), outcome);
        counts.add(decided);
        HttpAnswer answer = HttpAnswer.of(decided, function);
        EventRefused.record(
                Objects.requireNonNullElse(event.request().getHeader("ce-id"), ""), answer.status(), answer.message());
        send(event, answer);
    }

    private void send(RoutingContext event, HttpAnswer answer) {
        HttpServerResponse response = event.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        closeWhenStopping(response);
        response.end();
    }

    private void closeWhenStopping(HttpServerResponse response) {
        if (events.isClosed() && !response.headWritten()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
