package io.dagshell.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server, shared by machines. */
record PostgresDialect(String url, @Nullable String password) implements Dialect {
    private static final int PROBE_SECONDS = 3;
    private static final int CONNECT_SECONDS = 10;

    /** A statement takes milliseconds; a database that is silent for so long is one that hangs. */
    static final int SILENCE_SECONDS = 20;

    /** Class of the states of a connection that could not be made, or broke. */
    private static final String NO_CONNECTION = "08";

    /** Shut down, crashed, starting; and a server all of whose connections are taken, by others that start as well. */
    private static final Set<String> GOING_OR_COMING = Set.of("57P01", "57P02", "57P03", "53300");

    /** What a server that was cut off held is let go by PostgreSQL itself. */
    private static final String IDLE_LIMIT = "set idle_in_transaction_session_timeout = '60s'";

    @Override
    public String place() {
        return url.replaceAll("(?<=//)[^/@]*@", "").replaceAll("\\?.*", "");
    }

    @Override
    public void makePlace() {
        // Whoever runs the server makes the database.
    }

    /** What the address says of time limits goes before ours. */
    @Override
    public DataSource source() {
        PGSimpleDataSource source = configured();
        if (!url.contains("loginTimeout=")) {
            source.setLoginTimeout(CONNECT_SECONDS);
        }
        if (!url.contains("socketTimeout=")) {
            source.setSocketTimeout(SILENCE_SECONDS);
        }
        return source;
    }

    @Override
    public DataSource patientSource() {
        return configured();
    }

    @Override
    public @Nullable String firstStatement() {
        return IDLE_LIMIT;
    }

    private PGSimpleDataSource configured() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (source.getPassword() == null && password != null) {
            source.setPassword(password);
        }
        source.setApplicationName("dagshell");
        return source;
    }

    /** Says nothing of passwords. */
    @Override
    public String toString() {
        return "PostgresDialect[" + place() + "]";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("bytes", "bytea", "postgres", "");
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public long patience(SQLException failure) {
        return 0;
    }

    /** Whether a server that refuses so may be one that is only being started. */
    boolean mayComeSoon(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith(NO_CONNECTION) || GOING_OR_COMING.contains(state);
    }

    @Override
    public Connection probe() throws SQLException {
        PGSimpleDataSource source = configured();
        source.setLoginTimeout(PROBE_SECONDS);
        source.setSocketTimeout(PROBE_SECONDS);
        return source.getConnection();
    }

    @Override
    public void requireRoom() {
        // Its disk is another machine's.
    }

    @Override
    public int connections() {
        return 8;
    }

    /** Reads the forms people write: {@code jdbc:postgresql://host/db}, {@code postgresql://user:password@host/db}. */
    static PostgresDialect of(String address, @Nullable String password) {
        if (address.startsWith("jdbc:")) {
            return new PostgresDialect(address, password);
        }
        URI uri = parsed(address);
        StringBuilder url = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() >= 0) {
            url.append(':').append(uri.getPort());
        }
        url.append(uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        String separator = "?";
        if (uri.getRawUserInfo() != null) {
            String[] user = uri.getRawUserInfo().split(":", 2);
            url.append("?user=").append(user[0]);
            if (user.length > 1) {
                url.append("&password=").append(user[1]);
            }
            separator = "&";
        }
        return new PostgresDialect(
                uri.getRawQuery() == null ? url.toString() : url + separator + uri.getRawQuery(), password);
    }

    private static URI parsed(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException unreadable) {
            // Its message repeats the address, and with it a password.
        }
        throw new IllegalArgumentException(
                "The database's address cannot be read; it looks like postgresql://user@host:5432/name, with special"
                        + " characters percent-encoded.");
    }
}
