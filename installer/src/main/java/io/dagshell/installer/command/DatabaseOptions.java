package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database holds a server's state. Passwords are never taken from arguments, which all users of a machine see. */
final class DatabaseOptions {
    /** May hold the address, a password with it. */
    static final String ADDRESS = "DAGSHELL_DATABASE";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "PostgreSQL to keep all state in, postgresql://user@host/name; its password comes from"
                    + " PGPASSWORD, ~/.pgpass, --database-password-file or the URL in DAGSHELL_DATABASE (default: a file"
                    + " in DAGSHELL_HOME).")
    private @Nullable String address;

    @Option(names = "--database-password-file", paramLabel = "FILE", description = "Holds the database's password.")
    private @Nullable Path passwordFile;

    Database open(Home home, Map<String, String> environment) {
        String named = address == null ? environment.get(ADDRESS) : address;
        if (address != null && address.matches("(?i)(.*//[^/@]*:[^/]*@.*|.*[?&]password=.*)")) {
            throw CommandProblem.badInput("Other users of this machine can read arguments: give --database without the"
                    + " password, and that in PGPASSWORD, ~/.pgpass or --database-password-file.");
        }
        if (named == null || named.isBlank()) {
            return Database.file(home.database());
        }
        try {
            return Database.at(named, password(environment));
        } catch (IllegalArgumentException unknown) {
            throw CommandProblem.badInput(String.valueOf(unknown.getMessage()));
        }
    }

    private @Nullable String password(Map<String, String> environment) {
        if (passwordFile == null) {
            return environment.get("PGPASSWORD");
        }
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException unreadable) {
            throw CommandProblem.badInput("The password file " + passwordFile + " cannot be read.");
        }
    }
}
