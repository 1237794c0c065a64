package io.dagshell.server.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** There is one agent in a home folder, so that each outbox has one reader. Ends with the process. */
record AgentLock(FileChannel channel) implements Closeable {

    /** @throws IOException another agent is there */
    static AgentLock take(Path data) throws IOException {
        Files.createDirectories(data);
        FileChannel channel =
                FileChannel.open(data.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null && lock.isValid()) {
                return new AgentLock(channel);
            }
        } catch (OverlappingFileLockException ownProcess) {
            channel.close();
            throw taken(data);
        }
        channel.close();
        throw taken(data);
    }

    private static IOException taken(Path data) {
        return new IOException("An agent is working in " + data
                + " already; it can run more at once with --capacity, or set another DAGSHELL_HOME.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
