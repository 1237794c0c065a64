package io.dagshell.installer.kernelspec;

import io.dagshell.installer.Distribution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * Makes the archives of an installed copy anew after its JDK was updated: the script that starts kernels starts this
 * behind the first kernel that finds its archive to be of another release. Of several at once one works.
 */
public final class ArchiveRenewal {
    /** Longer than two rehearsals take; one that began before was killed. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private ArchiveRenewal() {}

    /**
     * Makes them for the JDK this process runs on.
     *
     * @return whether kernels start with an archive from now on; false if they could not be made, or another makes them
     */
    public static boolean run(Distribution copy) throws IOException {
        Jdk jdk = Jdk.at(Path.of(System.getProperty("java.home"))).orElseThrow(() -> new IOException("no whole JDK"));
        Path mark = copy.root().resolve("kernel.renewing");
        if (!take(mark)) {
            return false;
        }
        try {
            return StartArchive.make(jdk, copy) && CommandArchive.make(jdk, copy);
        } finally {
            Files.deleteIfExists(mark);
        }
    }

    private static boolean take(Path mark) throws IOException {
        try {
            Files.createFile(mark);
            return true;
        } catch (FileAlreadyExistsException another) {
            if (!isLeft(mark)) {
                return false;
            }
            Files.setLastModifiedTime(mark, FileTime.fromMillis(System.currentTimeMillis()));
            return true;
        }
    }

    private static boolean isLeft(Path mark) throws IOException {
        try {
            long began = Files.getLastModifiedTime(mark).toMillis();
            return System.currentTimeMillis() - began > LONGEST.toMillis();
        } catch (NoSuchFileException done) {
            return false;
        }
    }
}
