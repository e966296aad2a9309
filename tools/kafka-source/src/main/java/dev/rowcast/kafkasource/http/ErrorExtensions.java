package dev.rowcast.kafkasource.http;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes the last failed try of an event into the extensions that its dead letter carries.
public final class ErrorExtensions {

    private static final int MAX_DATA_BYTES = 1024;
    private static final String PREFIX = "kne-";
    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]*");

    private ErrorExtensions() {}

    /// {@return the extensions}
    ///
    /// @param destination address of the subscriber
    /// @param last response to the last try
    /// @throws IllegalArgumentException when a `kne-` header names no extension, such as `kne-a-b`: Knative's
    ///     dispatcher throws, too, and never commits the offset of the event
    public static Map<String, String> extensions(String destination, FunctionResponse last) {
        Map<String, String> extensions = new LinkedHashMap<>();
        extensions.put("knativeerrordest", destination);
        if (last instanceof FunctionResponse.Answered answered) {
            extensions.put("knativeerrorcode", Integer.toString(answered.status()));
            answered.headers().forEach((name, value) -> putExtension(extensions, name.toLowerCase(Locale.ROOT), value));
            if (answered.body().length() > 0) {
                extensions.put("knativeerrordata", base64(answered.body()));
            }
        }
        return extensions;
    }

    private static void putExtension(Map<String, String> extensions, String header, String value) {
        if (header.startsWith(PREFIX)) {
            String name = header.substring(PREFIX.length());
            if (!EXTENSION_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("header " + header + " names no CloudEvents extension");
            }
            extensions.put(name, value);
        }
    }

    private static String base64(Buffer body) {
        return Base64.getEncoder().encodeToString(body.getBytes(0, Math.min(body.length(), MAX_DATA_BYTES)));
    }
}
