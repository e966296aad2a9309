package dev.rowcast.table.existing;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.name.TableName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// A database in which a table exists already. Nothing is changed before [#apply].
public final class ExistingDatabase implements AutoCloseable {

    private final Connection connection;

    private ExistingDatabase(Connection connection) {
        this.connection = connection;
    }

    /// Connects to a database as a superuser. The password can be set in `PGPASSWORD`.
    ///
    /// @param uri such as `postgresql://postgres@localhost:5432/shop`
    /// @param password the value of `PGPASSWORD`; empty for none
    /// @throws IllegalArgumentException with one line when the URI is wrong or the server refuses the connection
    public static ExistingDatabase open(String uri, String password) {
        try {
            return new ExistingDatabase(DriverManager.getConnection("jdbc:" + address(uri), login(uri, password)));
        } catch (SQLException refused) {
            throw new IllegalArgumentException(
                    "EXISTING cannot be reached: "
                            + refused.getMessage().lines().findFirst().orElse(""),
                    refused);
        }
    }

    private static String address(String text) {
        URI uri = parsed(text);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                + query;
    }

    private static Properties login(String text, String password) {
        Properties login = new Properties();
        String user = parsed(text).getRawUserInfo();
        if (user != null) {
            String[] parts = user.split(":", 2);
            login.setProperty("user", decoded(parts[0]));
            login.setProperty("password", parts.length == 2 ? decoded(parts[1]) : password);
        }
        return login;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static URI parsed(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && "postgresql".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // The message would repeat the URI, which can have a password.
        }
        throw new IllegalArgumentException("EXISTING is no URI such as postgresql://postgres@localhost:5432/shop");
    }

    /// What fits, what [#apply] would change, and what must be changed first.
    ///
    /// @throws SQLException when the database does not answer
    public List<Finding> check(ModelContract contract, TableName name) throws SQLException {
        Catalog catalog = new Catalog(connection);
        List<Finding> findings = new ArrayList<>(new ServerCheck(catalog, name).findings());
        findings.addAll(new ExistingTableCheck(catalog, contract, name).findings());
        return findings;
    }

    /// Runs the schema: all of it, or nothing, and then the slot.
    ///
    /// @param schema the content of `schema.sql`
    /// @throws SQLException when the database refuses it
    public void apply(String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(schema);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
