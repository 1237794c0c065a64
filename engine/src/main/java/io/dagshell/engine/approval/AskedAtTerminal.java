package io.dagshell.engine.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.ParameterException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks on a terminal, or in the cell of a notebook, whose {@code System.in} asks the person: a line for each field, then
 * yes or no. Thread-safe: one question at a time, guarded by itself.
 */
public final class AskedAtTerminal implements Approvals {
    private static final String NOBODY =
            " waits for an approval, and standard input is at its end. Run it in a terminal "
                    + "or a notebook that asks, pipe the answers in, a line each (echo yes | …), or deploy it: the dashboard and "
                    + "dagshell approval then ask for it.";

    private final Supplier<InputStream> in;
    private final Supplier<PrintStream> out;
    private final String who;

    private AskedAtTerminal(Supplier<InputStream> in, Supplier<PrintStream> out, String who) {
        this.in = in;
        this.out = out;
        this.who = who;
    }

    /** With the standard streams of the moment in which it asks. */
    public static AskedAtTerminal ofProcess() {
        return new AskedAtTerminal(() -> System.in, () -> System.out, System.getProperty("user.name", "terminal"));
    }

    /**
     * Answers are read from {@code in}, whatever {@code System.in} is when it asks. Whoever waits for one may be
     * interrupted, as by Ctrl-C.
     */
    public static AskedAtTerminal reading(InputStream in) {
        InputStream awaited = new AwaitedInput(in);
        return new AskedAtTerminal(() -> awaited, () -> System.out, System.getProperty("user.name", "terminal"));
    }

    static AskedAtTerminal of(InputStream in, PrintStream out, String who) {
        return new AskedAtTerminal(() -> in, () -> out, who);
    }

    @Override
    public synchronized Optional<Answer> ask(Question question) throws InterruptedException {
        long began = System.nanoTime();
        PrintStream print = out.get();
        print.println(question.text());
        try {
            ObjectNode values = fields(question, print);
            return Optional.of(inTime(question, began, decision(question, print, values)));
        } catch (IOException broken) {
            if (Thread.interrupted()) {
                throw new InterruptedException(String.valueOf(broken.getMessage()));
            }
            throw new NobodyToAskException("'" + question.text() + "'" + NOBODY);
        }
    }

    /** Input cannot be waited for with a limit; an answer that came too late is none. */
    private static Answer inTime(Question question, long began, Answer answer) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        boolean late =
                question.timeout().filter(limit -> took.compareTo(limit) > 0).isPresent();
        return late ? new Answer.Rejected(answer.by(), "the answer came after the timeout") : answer;
    }

    private ObjectNode fields(Question question, PrintStream print) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (FlowParameter field : question.form().fields()) {
            while (true) {
                print.print("  " + field.name() + " (" + field.type().replaceAll("[\\p{L}\\p{N}_$]+[.$]", "") + ")"
                        + field.defaultJson().map(json -> " [" + json + "]").orElse("") + ": ");
                print.flush();
                String typed = line(question);
                if (typed.isBlank() && field.defaultJson().isPresent()) {
                    break;
                }
                try {
                    question.form().schema().read(field.name(), typed);
                    texts.put(field.name(), typed);
                    break;
                } catch (ParameterException misfit) {
                    print.println("  " + misfit.getMessage());
                }
            }
        }
        return question.form().ofTexts(texts);
    }

    private Answer decision(Question question, PrintStream print, ObjectNode values) throws IOException {
        while (true) {
            print.print("Approve? yes, or no and why: ");
            print.flush();
            String typed = line(question).strip();
            String word = typed.split("[\\s,:]+", 2)[0].toLowerCase(Locale.ROOT);
            if (word.equals("y") || word.equals("yes")) {
                return new Answer.Approved(who, values);
            }
            if (word.equals("n") || word.equals("no")) {
                return new Answer.Rejected(who, typed.substring(word.length()).replaceFirst("^[\\s,:]+", ""));
            }
        }
    }

    /** Byte by byte: what comes behind the line is not this question's. */
    private String line(Question question) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream input = in.get();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                if (line.size() > 0) {
                    break;
                }
                throw new NobodyToAskException("'" + question.text() + "'" + NOBODY);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
