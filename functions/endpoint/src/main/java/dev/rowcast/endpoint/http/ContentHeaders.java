package dev.rowcast.endpoint.http;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request says of its body, in the one form that Vert.x and Funqy read as it is meant.
final class ContentHeaders {

    private static final Pattern FORM =
            Pattern.compile("\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);
    private static final String AS_IT_IS = "identity";

    private ContentHeaders() {}

    /// Why the body cannot be read as it comes: it is compressed. Empty when it is not.
    static Optional<Rejected> faultOf(MultiMap headers) {
        return headers.getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase(AS_IT_IS))
                .findFirst()
                .map(encoding -> new Rejected(
                        Reason.NOT_JSON, "no Content-Encoding is accepted: the body must not be sent as " + encoding));
    }

    /// Puts the content type so that it means to Vert.x and Funqy what the sender says.
    static void settle(MultiMap headers) {
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return;
        }
        if (StructuredMode.isAnnouncedBy(contentType)) {
            // Funqy compares it letter by letter.
            headers.set(HttpHeaders.CONTENT_TYPE, StructuredMode.MEDIA_TYPE);
        } else if (isMistaken(contentType)) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    /// Vert.x takes the body of a form apart and keeps none of it, and a record that carries such a header is no form.
    /// Funqy takes every content type that only begins like that of a CloudEvent for one.
    private static boolean isMistaken(String contentType) {
        return FORM.matcher(contentType).lookingAt()
                || contentType.toLowerCase(Locale.ROOT).startsWith(StructuredMode.MEDIA_TYPE);
    }
}
