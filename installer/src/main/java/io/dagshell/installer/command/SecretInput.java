package io.dagshell.installer.command;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A password: from a file, from a person who types it twice unseen, or a line of standard input. Never an argument. */
final class SecretInput {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from this file, its first line (default: ask, or standard input).")
    private Optional<Path> file = Optional.empty();

    String read(String whose) throws IOException {
        if (file.isPresent()) {
            Path named = CallerFolder.resolve(file.get());
            return Files.readString(named).lines().findFirst().orElse("");
        }
        Console console = System.console();
        return console != null && isTerminal(console) ? asked(console, whose) : StandardInput.line();
    }

    private static String asked(Console console, String whose) {
        char[] once = console.readPassword("Password of %s: ", whose);
        char[] twice = console.readPassword("Again: ");
        if (once == null || twice == null || !Arrays.equals(once, twice)) {
            throw CommandProblem.badInput("That was not twice the same password; nothing is changed.");
        }
        return new String(once);
    }

    /** Newer Javas have a console that is none. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException odd) {
            throw new IllegalStateException(odd);
        }
    }
}
