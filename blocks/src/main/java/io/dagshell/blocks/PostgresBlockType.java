package io.dagshell.blocks;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A PostgreSQL database. */
public final class PostgresBlockType implements BlockType {
    static final String NAME = "postgres";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(
                new Field("host", "name or address of the server", false, false),
                new Field("port", "5432 by default", false, false),
                new Field("database", "name of the database", false, false),
                new Field("user", "who connects", false, false),
                new Field("password", "empty if the server asks for none", false, true),
                new Field("url", "all in one: postgresql://user:password@host:port/database", false, true));
    }

    @Override
    public List<String> check(BlockSettings settings) {
        List<String> wrong = new ArrayList<>();
        Set<String> known = Set.of("host", "port", "database", "user", "password", "url");
        settings.fields().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> wrong.add("there is no setting '" + name + "'; there are host, port, database, user,"
                        + " password and url"));
        try {
            PostgresSettings.of("this", settings);
        } catch (BlockException problem) {
            wrong.add(String.valueOf(problem.getMessage()));
        }
        return wrong;
    }

    @Override
    public TestResult test(BlockSettings settings) {
        try {
            PostgresSettings postgres = PostgresSettings.of("test", settings);
            String version = new PostgresBlock("test", postgres).version();
            return new TestResult(true, "Connected to PostgreSQL " + version + " at " + postgres.place() + ".");
        } catch (BlockException failed) {
            return new TestResult(false, String.valueOf(failed.getMessage()));
        }
    }
}
