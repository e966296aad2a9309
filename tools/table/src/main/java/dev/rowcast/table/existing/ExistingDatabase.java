package dev.rowcast.table.existing;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.action.Action;
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
import java.util.Optional;
import java.util.Properties;

/// A database in which a table exists already. Nothing is changed before [#apply].
public final class ExistingDatabase implements AutoCloseable {

    private final Connection connection;
    private final boolean isElsewhere;

    private ExistingDatabase(Connection connection, boolean isElsewhere) {
        this.connection = connection;
        this.isElsewhere = isElsewhere;
    }

    /// Connects to a database as a superuser. The password can be set in `PGPASSWORD`.
    ///
    /// @param uri such as `postgresql://postgres@localhost:5432/shop`
    /// @param password the value of `PGPASSWORD`; empty for none
    /// @throws IllegalArgumentException with one line when the URI is wrong or the server refuses the connection
    public static ExistingDatabase open(String uri, String password) {
        try {
            return new ExistingDatabase(
                    DriverManager.getConnection("jdbc:" + address(uri), login(uri, password)),
                    ServerAddress.of(uri).isElsewhere());
        } catch (SQLException refused) {
            throw new IllegalArgumentException(
                    "EXISTING cannot be reached: "
                            + refused.getMessage().lines().findFirst().orElse(""),
                    refused);
        }
    }

    private static String address(String text) {
        URI uri = ServerAddress.parsed(text);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                + query;
    }

    private static Properties login(String text, String password) {
        Properties login = new Properties();
        String user = ServerAddress.parsed(text).getRawUserInfo();
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

    /// What fits, what [#apply] would change, and what must be changed first.
    ///
    /// @param action the action of which the database gets the case table; empty for none
    /// @throws SQLException when the database does not answer
    public List<Finding> check(ModelContract contract, TableName name, Optional<Action> action) throws SQLException {
        Catalog catalog = new Catalog(connection);
        List<Finding> findings = new ArrayList<>(new ServerCheck(catalog, name, isElsewhere).findings());
        findings.addAll(new ExistingTableCheck(catalog, contract, name).findings());
        if (action.isPresent()) {
            findings.addAll(new CaseTableCheck(catalog, action.get()).findings());
        }
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
