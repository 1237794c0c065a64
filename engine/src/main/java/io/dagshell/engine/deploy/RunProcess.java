package io.dagshell.engine.deploy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process makes an ordered run, as two files of the run's folder tell it. The process says who it is and then
 * takes the claim, before it does anything; an agent that takes a run over and finds nobody there takes the claim
 * itself. One of them gets it: a process that comes late, its agent gone between starting it and hearing of it, does
 * nothing that is done again elsewhere. Stateless; both sides may be at it at once.
 */
public final class RunProcess {
    private static final String PROCESS = "process";
    private static final String CLAIM = "claim";
    private static final Duration SLACK = Duration.ofSeconds(3);

    private RunProcess() {}

    /**
     * This process is about to make the run of {@code folder}.
     *
     * @return false if the run was given up: this process must not begin it
     * @throws IOException the folder is gone or cannot be written
     */
    public static boolean begin(Path folder) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        // Numbers of processes are used again; with the start it is one of a kind.
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        Path part = folder.resolve(PROCESS + ".part");
        Files.writeString(part, self.pid() + " " + started + "\n");
        Files.move(part, folder.resolve(PROCESS), StandardCopyOption.ATOMIC_MOVE);
        return claims(folder);
    }

    /**
     * Gives the run of {@code folder} up.
     *
     * @return false if a process has begun it; if true none will
     * @throws IOException the folder cannot be written
     */
    public static boolean giveUp(Path folder) throws IOException {
        return claims(folder);
    }

    private static boolean claims(Path folder) throws IOException {
        try {
            Files.createFile(folder.resolve(CLAIM));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /** Whether the process has said who it is. */
    public static boolean isKnown(Path folder) {
        return Files.exists(folder.resolve(PROCESS));
    }

    /**
     * The process, if it has said who it is and is alive.
     *
     * @throws IOException what it said cannot be read
     */
    public static Optional<ProcessHandle> alive(Path folder) throws IOException {
        String[] words;
        try {
            words = Files.readString(folder.resolve(PROCESS)).strip().split(" ");
        } catch (NoSuchFileException unknown) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochMilli(Long.parseLong(words[1]));
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(SLACK) <= 0)
                        .orElse(true));
    }
}
