package io.dagshell.engine.yaml;

/** A text is not the YAML that is read here; the message says what is wrong with its line, without a full stop. */
public final class YamlProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    YamlProblem(int line, String what) {
        super(what);
        this.line = line;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** The sentence, with the place: {@code deployment.yaml:3: it is not YAML: ….} */
    public String in(String file) {
        return file + ":" + line + ": " + getMessage() + ".";
    }
}
