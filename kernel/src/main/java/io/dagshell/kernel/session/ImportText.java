package io.dagshell.kernel.session;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.IdentityHashMap;
import java.util.Map;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/**
 * What JShell puts into other snippets' classes for an import. Reached by reflection, which needs {@code --add-opens
 * jdk.jshell/jdk.jshell=ALL-UNNAMED}; without it, texts stay as they are. Guarded by the session's lock.
 */
final class ImportText {
    private final @Nullable Field text;
    private final @Nullable Method wrap;
    private final Map<Snippet, Object> own = new IdentityHashMap<>();

    private ImportText(@Nullable Field text, @Nullable Method wrap) {
        this.text = text;
        this.wrap = wrap;
    }

    static ImportText none() {
        return new ImportText(null, null);
    }

    static ImportText open() {
        try {
            Field text = Snippet.class.getDeclaredField("guts");
            text.setAccessible(true);
            Method wrap = Class.forName("jdk.jshell.Wrap").getDeclaredMethod("simpleWrap", String.class);
            wrap.setAccessible(true);
            return new ImportText(text, wrap);
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            return none();
        }
    }

    /** Gives an import another text, until {@link #reset}. */
    void set(Snippet snippet, String imports) {
        if (text == null || wrap == null) {
            return;
        }
        try {
            Object before = text.get(snippet);
            text.set(snippet, wrap.invoke(null, imports));
            own.put(snippet, before);
        } catch (ReflectiveOperationException notAllowed) {
            // It keeps its own, which says more than is needed.
        }
    }

    void reset(Snippet snippet) {
        Object before = own.remove(snippet);
        if (text == null || before == null) {
            return;
        }
        try {
            text.set(snippet, before);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the imports of the session", impossible);
        }
    }
}
