package dev.rowcast.local.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A file of the page, from the class path.
///
/// @param path path of its URL
/// @param type media type
/// @param text content
record PageFile(String path, String type, String text) {

    private static final String TOKEN = "{{token}}";
    private static final List<String> MODULES = List.of(
            "page.js",
            "api.js",
            "do.js",
            "format.js",
            "letters.js",
            "model.js",
            "path.js",
            "picture.js",
            "row.js",
            "rows.js",
            "shifts.js",
            "tour.js",
            "views.js");

    /// The file with the token in its place.
    PageFile withToken(String token) {
        return new PageFile(path, type, text.replace(TOKEN, token));
    }

    /// All files of the page.
    static List<PageFile> all() throws IOException {
        List<PageFile> files = new ArrayList<>();
        files.add(read("/", "index.html", "text/html; charset=utf-8"));
        files.add(read("/page.css", "page.css", "text/css; charset=utf-8"));
        files.add(read("/icon.svg", "icon.svg", "image/svg+xml"));
        for (String module : MODULES) {
            files.add(read("/" + module, module, "text/javascript; charset=utf-8"));
        }
        return List.copyOf(files);
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
