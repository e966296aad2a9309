package dev.rowcast.local.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A file of the page, from the class path.
///
/// @param path path of its URL
/// @param type media type
/// @param text content
record PageFile(String path, String type, String text) {

    /// All files of the page.
    static List<PageFile> all() throws IOException {
        return List.of(
                read("/", "index.html", "text/html; charset=utf-8"),
                read("/page.css", "page.css", "text/css; charset=utf-8"),
                read("/page.js", "page.js", "text/javascript; charset=utf-8"),
                read("/picture.js", "picture.js", "text/javascript; charset=utf-8"),
                read("/icon.svg", "icon.svg", "image/svg+xml"));
    }

    private static PageFile read(String path, String name, String type) throws IOException {
        try (InputStream file = PageFile.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("the build lacks the page's file " + name);
            }
            return new PageFile(path, type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
