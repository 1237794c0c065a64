package io.dagshell.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;

/** A SQLite file whose statements are written down. Thread-safe. */
public final class WatchedDatabase {
    private final Set<String> statements = new ConcurrentSkipListSet<>();
    private final Database database;

    public WatchedDatabase(Path file) {
        this.database = Database.watched(file, source -> watched(DataSource.class, source));
    }

    public Database database() {
        return database;
    }

    /** All that were prepared or sent. */
    public Set<String> statements() {
        return statements;
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (given != null && given.length > 0 && given[0] instanceof String sql && sql.contains(" ")) {
                statements.add(sql);
            }
            Object answer;
            try {
                answer = method.invoke(real, given);
            } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
            }
            if (answer instanceof Connection connection) {
                return watched(Connection.class, connection);
            }
            boolean plain = method.getName().equals("createStatement");
            return plain && answer instanceof Statement statement ? watched(Statement.class, statement) : answer;
        }));
    }
}
