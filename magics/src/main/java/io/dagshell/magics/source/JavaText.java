package io.dagshell.magics.source;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** Java source in memory, for the compiler. */
public final class JavaText extends SimpleJavaFileObject {
    private final String text;

    /** The source of the class {@code name}. */
    public JavaText(String name, String text) {
        super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
        this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
