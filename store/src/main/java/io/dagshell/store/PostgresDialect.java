package io.dagshell.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server, shared by machines. */
record PostgresDialect(String url) implements Dialect {
    @Override
    public String place() {
        return url.replaceAll("(?<=//)[^/@]*@", "").replaceAll("\\?.*", "");
    }

    @Override
    public void makePlace() {
        // Whoever runs the server makes the database.
    }

    @Override
    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setApplicationName("dagshell");
        return source;
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("bytes", "bytea", "postgres", "");
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
    public int connections() {
        return 8;
    }

    /** Reads the forms people write: {@code jdbc:postgresql://host/db}, {@code postgresql://user:password@host/db}. */
    static PostgresDialect of(String address) {
        if (address.startsWith("jdbc:")) {
            return new PostgresDialect(address);
        }
        java.net.URI uri = java.net.URI.create(address);
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
        return new PostgresDialect(uri.getRawQuery() == null ? url.toString() : url + separator + uri.getRawQuery());
    }
}
