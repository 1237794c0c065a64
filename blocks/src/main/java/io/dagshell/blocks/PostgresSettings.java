package io.dagshell.blocks;

import io.dagshell.engine.block.BlockSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where a PostgreSQL is and who connects. Shows everything but the password. */
record PostgresSettings(String host, int port, String database, String user, String password) {

    static PostgresSettings of(String block, BlockSettings settings) {
        Map<String, String> fields = settings.fields();
        String url = fields.getOrDefault("url", "");
        if (!url.isEmpty()) {
            return ofUrl(block, url);
        }
        String database = fields.getOrDefault("database", "");
        if (database.isEmpty()) {
            throw BlockException.user("The block '" + block + "' needs a setting 'database' (or 'url').");
        }
        return new PostgresSettings(
                fields.getOrDefault("host", "localhost"),
                port(block, fields.getOrDefault("port", "5432")),
                database,
                fields.getOrDefault("user", "postgres"),
                fields.getOrDefault("password", ""));
    }

    private static PostgresSettings ofUrl(String block, String url) {
        try {
            URI address = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            String[] who = address.getRawUserInfo() == null
                    ? new String[0]
                    : address.getRawUserInfo().split(":", 2);
            String path = address.getPath() == null ? "" : address.getPath();
            if (address.getHost() == null || path.length() < 2) {
                throw new IllegalArgumentException("incomplete");
            }
            return new PostgresSettings(
                    address.getHost(),
                    address.getPort() < 0 ? 5432 : address.getPort(),
                    path.substring(1),
                    who.length > 0 ? decoded(who[0]) : "postgres",
                    who.length > 1 ? decoded(who[1]) : "");
        } catch (IllegalArgumentException notOne) {
            throw BlockException.user("The url of block '" + block
                    + "' is not understood; write postgresql://user:password@host:port/database.");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static int port(String block, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOne) {
            throw BlockException.user("The port of block '" + block + "' is a number, not '" + text + "'.");
        }
    }

    /** {@code 127.0.0.1:5432/postgres}. */
    String place() {
        return host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + place();
    }
}
