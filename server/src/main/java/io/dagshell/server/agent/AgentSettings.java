package io.dagshell.server.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an agent works.
 *
 * @param name under which the server knows it
 * @param queues it serves
 * @param capacity runs at once
 * @param javas the {@code java} of each feature release it can run
 * @param memory heap of each run, such as {@code 512m}; otherwise a share of the machine's
 */
public record AgentSettings(
        String name, List<String> queues, int capacity, SortedMap<Integer, Path> javas, Optional<String> memory) {
    public AgentSettings {
        queues = List.copyOf(queues);
        javas = Collections.unmodifiableSortedMap(new TreeMap<>(javas));
        if (capacity < 1) {
            throw new IllegalArgumentException("An agent runs one flow at once or more, and not " + capacity + ".");
        }
        if (memory.isPresent() && !memory.get().matches("\\d+[kmgKMG]")) {
            throw new IllegalArgumentException(
                    "The memory of a run is written like 512m or 2g, and not '" + memory.get() + "'.");
        }
    }

    /**
     * The {@code java} of a feature release.
     *
     * @throws IOException there is none here
     */
    Path java(int release) throws IOException {
        Path java = javas.get(release);
        if (java == null) {
            throw new IOException("There is no JDK " + release + " here.");
        }
        return java;
    }

    /** How this machine calls itself. */
    public static String thisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
