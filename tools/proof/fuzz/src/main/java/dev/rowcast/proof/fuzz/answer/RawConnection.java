package dev.rowcast.proof.fuzz.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.proof.fuzz.input.Framing;
import dev.rowcast.proof.fuzz.input.Header;
import dev.rowcast.proof.fuzz.input.Input;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A keep-alive connection to a function. It sends requests that an HTTP client would refuse to send.
final class RawConnection implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private static final int CHUNK = 1000;
    private static final String END = "\r\n";

    private final URI function;
    private Socket socket;
    private InputStream in;

    RawConnection(URI function) throws IOException {
        this.function = function;
        open();
    }

    private void open() throws IOException {
        socket = new Socket(function.getHost(), function.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends an input and waits for the answer.
    ///
    /// @throws IOException when the connection ends before the answer is complete, or when there is
    /// no answer
    RawResponse post(Input input) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request(input));
        out.flush();
        RawResponse response = read();
        while (response.status() < 200) {
            response = read();
        }
        if (response.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
            socket.close();
            open();
        }
        return response;
    }

    private byte[] request(Input input) {
        ByteArrayOutputStream request = new ByteArrayOutputStream(input.body().length + 2000);
        StringBuilder head = new StringBuilder("POST / HTTP/1.1" + END + "Host: function" + END);
        for (Header header : input.headers()) {
            head.append(header.name()).append(": ").append(header.text()).append(END);
        }
        head.append(
                switch (input.framing()) {
                    case LENGTH -> "Content-Length: " + input.body().length + END;
                    case CHUNKED -> "Transfer-Encoding: chunked" + END;
                    case NONE -> "";
                });
        request.writeBytes(head.append(END).toString().getBytes(UTF_8));
        if (input.framing() == Framing.CHUNKED) {
            chunks(input.body(), request);
        } else {
            request.writeBytes(input.body());
        }
        return request.toByteArray();
    }

    private static void chunks(byte[] body, ByteArrayOutputStream request) {
        for (int at = 0; at < body.length; at += CHUNK) {
            int length = Math.min(CHUNK, body.length - at);
            request.writeBytes((Integer.toHexString(length) + END).getBytes(ISO_8859_1));
            request.write(body, at, length);
            request.writeBytes(END.getBytes(ISO_8859_1));
        }
        request.writeBytes(("0" + END + END).getBytes(ISO_8859_1));
    }

    private RawResponse read() throws IOException {
        String status = line();
        Map<String, String> headers = new HashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        in.skipNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new RawResponse(Integer.parseInt(status, 9, 12, 10), headers);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed before the answer was complete");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
