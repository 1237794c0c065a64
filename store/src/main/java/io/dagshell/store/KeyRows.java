package io.dagshell.store;

import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.value.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes what keys are made of: each set of parts once, and for each call which two sets. Used by one thread. */
final class KeyRows {
    private static final String KEEP_PART = """
            insert into key_parts (set_digest, position, kind, name, digest, shown, cell) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (set_digest, position) do nothing""";
    private static final String KEEP_KEY = """
            insert into task_keys (run_id, ordinal, task, at, common, arguments) values (?, ?, ?, ?, ?, ?)
            on conflict (run_id, ordinal) do update set at = excluded.at, common = excluded.common,
                arguments = excluded.arguments""";
    private static final int SETS_KNOWN = 1_000;

    /** Sets that no run of the last day has may be deleted by another process. */
    private static final long KNOWN_NANOS = TimeUnit.HOURS.toNanos(12);

    private static final String ARGUMENT = "argument";

    private final Statements statements;
    private final Set<String> written = new HashSet<>();
    private final LongSupplier nanos;
    private long forgetAt;

    /** Runs a statement with values. */
    interface Statements {
        void run(String sql, @Nullable Object... values) throws SQLException;
    }

    KeyRows(Statements statements) {
        this(statements, System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    KeyRows(Statements statements, LongSupplier nanos) {
        this.statements = statements;
        this.nanos = nanos;
        this.forgetAt = nanos.getAsLong() + KNOWN_NANOS;
    }

    void write(KeyRecorded key) throws SQLException {
        List<KeyPart> common = new ArrayList<>();
        List<KeyPart> arguments = new ArrayList<>();
        key.parts().forEach(part -> (part.kind().equals(ARGUMENT) ? arguments : common).add(part));
        statements.run(KEEP_KEY, key.run(), key.ordinal(), key.task(), key.at(), keep(common), keep(arguments));
    }

    private String keep(List<KeyPart> parts) throws SQLException {
        String set = digest(parts);
        long now = nanos.getAsLong();
        if (written.size() >= SETS_KNOWN || now - forgetAt > 0) {
            written.clear();
            forgetAt = now + KNOWN_NANOS;
        }
        if (written.contains(set)) {
            return set;
        }
        for (int i = 0; i < parts.size(); i++) {
            KeyPart part = parts.get(i);
            statements.run(KEEP_PART, set, i, part.kind(), part.name(), part.digest(), part.shown(), part.cell());
        }
        written.add(set);
        return set;
    }

    /** Over all that is kept, words and cells included, each with its length. */
    private static String digest(List<KeyPart> parts) {
        MessageDigest sha = Digest.sha256();
        for (KeyPart part : parts) {
            String cell = part.cell().isPresent() ? Integer.toString(part.cell().getAsInt()) : "";
            String shown = part.shown().map(text -> "=" + text).orElse("");
            for (String text : List.of(part.kind(), part.name(), part.digest(), shown, cell)) {
                sha.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Digest.of(sha.digest()).hex();
    }
}
