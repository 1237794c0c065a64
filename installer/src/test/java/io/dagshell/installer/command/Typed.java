package io.dagshell.installer.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line, run in this process. */
record Typed(int code, String out, String err) {

    static Typed of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = DagshellCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Typed(code, out.toString(), err.toString());
    }
}
