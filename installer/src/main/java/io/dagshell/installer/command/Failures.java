package io.dagshell.installer.command;

import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.magics.slice.SliceProblem;
import io.dagshell.notebooks.NotebookProblem;
import io.dagshell.runner.BadInput;
import io.dagshell.server.backup.BackupException;
import io.dagshell.server.client.ServerRefusal;
import io.dagshell.store.StoreException;
import io.dagshell.store.orchestration.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** What a person reads when a command cannot go on, and with which code it ends. The one place that decides this. */
final class Failures {

    private Failures() {}

    /** Says it in one sentence; a failure that is not the person's or the world's shows where it came from. */
    static int tell(Exception failure, PrintWriter to) {
        if (failure instanceof CommandProblem problem) {
            to.println(problem.getMessage());
            return problem.code().number();
        }
        if (failure instanceof NotebookProblem
                || failure instanceof SliceProblem
                || failure instanceof BadInput
                || failure instanceof ParameterException
                || failure instanceof RefusedException
                || failure instanceof BackupException
                || failure instanceof ServerRefusal) {
            to.println(failure.getMessage());
            return ExitCode.BAD_INPUT.number();
        }
        if (failure instanceof StoreException problem) {
            to.println(problem.getMessage());
            return ExitCode.UNREACHABLE.number();
        }
        if (failure instanceof IOException problem) {
            to.println(sentence(problem));
            return ExitCode.UNREACHABLE.number();
        }
        to.println("DagShell itself failed, which should not happen:");
        failure.printStackTrace(to);
        return ExitCode.FLOW_FAILED.number();
    }

    static int misuse(CommandLine.ParameterException failure) {
        if (failure.getCause() instanceof CommandProblem problem) {
            return tell(problem, failure.getCommandLine().getErr());
        }
        CommandLine line = failure.getCommandLine();
        PrintWriter to = line.getErr();
        to.println(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, to);
        line.usage(to);
        return ExitCode.BAD_INPUT.number();
    }

    private static String sentence(IOException problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile() + ".";
        }
        if (problem instanceof AccessDeniedException denied) {
            return "Permission denied: " + denied.getFile() + ".";
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
