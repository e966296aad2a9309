package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Checks and corrects the content headers of a request, so that Vert.x and Funqy interpret them as the
/// sender meant.
final class ContentHeaders {

    private static final Pattern FORM =
            Pattern.compile("\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);
    private static final String IDENTITY = "identity";

    private ContentHeaders() {}

    /// The rejection of a compressed body; empty if the body is not compressed.
    static Optional<Rejected> faultOf(MultiMap headers) {
        return headers.getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase(IDENTITY))
                .findFirst()
                .map(encoding -> new Rejected(
                        Reason.NOT_JSON, "no Content-Encoding is accepted: the body must not be sent as " + encoding));
    }

    /// Sets the content type to a form that Vert.x and Funqy interpret as the sender meant.
    static void normalise(MultiMap headers) {
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return;
        }
        if (StructuredMode.isUsedBy(contentType)) {
            // Funqy compares it exactly.
            headers.set(HttpHeaders.CONTENT_TYPE, StructuredMode.MEDIA_TYPE);
        } else if (isMistaken(contentType)) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    /// Vert.x parses the body of a form and discards it; an event is never a form. Funqy handles every
    /// content type that begins like a CloudEvent's as a CloudEvent.
    private static boolean isMistaken(String contentType) {
        return FORM.matcher(contentType).lookingAt()
                || contentType.toLowerCase(Locale.ROOT).startsWith(StructuredMode.MEDIA_TYPE);
    }
}
