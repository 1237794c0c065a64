package io.dagshell.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, so that another can tell whether it still lives: by its number, and by when it started, since numbers are
 * used again.
 *
 * @param host the machine, and on Linux the space of process numbers: a container has its own
 */
record ProcessMark(String host, long pid, Instant started) {
    /** Linux tells the start in ticks since a boot time that moves a little when the clock is set. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    /** Asked of the system once: it is needed for every batch of events. */
    private static final class Current {
        static final ProcessMark MARK = of(ProcessHandle.current());

        private static ProcessMark of(ProcessHandle self) {
            return new ProcessMark(thisHost(), self.pid(), started(self).orElse(Instant.EPOCH));
        }
    }

    static ProcessMark current() {
        return Current.MARK;
    }

    /** Whether the process is there; only who is on its host can tell. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(handle -> started(handle).map(this::isStart).orElse(true))
                        .orElse(false)
                && !isZombie();
    }

    /** Dead, but whoever started it has not asked how it ended; in a container nobody may ever ask. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException goneOrNotLinux) {
            return false;
        }
    }

    private boolean isStart(Instant other) {
        return Duration.between(started, other).abs().compareTo(SLACK) <= 0;
    }

    private static Optional<Instant> started(ProcessHandle handle) {
        return handle.info().startInstant();
    }

    static String thisHost() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return localName();
        }
    }

    private static String localName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
