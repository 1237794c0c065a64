package io.dagshell.kernel.dependency;

import io.dagshell.kernel.dependency.DependencyResolver.Found;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Library;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Makes libraries of files: what is loaded is the content that was digested. */
final class JarFiles {
    private static final String ALL_JARS = "*.jar";
    private final JarKeeper keeper;

    JarFiles(JarKeeper keeper) {
        this.keeper = keeper;
    }

    /** A release never changes in a local repository; a snapshot does, while this session runs. */
    Library library(Found found) {
        String coordinate = found.coordinate().toString();
        return found.coordinate().version().endsWith("-SNAPSHOT")
                ? kept(found.file(), coordinate)
                : new Library(found.file(), coordinate, sha256(found.file()));
    }

    /** A jar, a folder of classes, or all jars of a folder, by paths from the notebook's folder. */
    List<Library> libraries(Statement.ClassPath statement) {
        Path path = Path.of(statement.path()).toAbsolutePath().normalize();
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        if (name.equals("*") || name.equals(ALL_JARS)) {
            return jarsIn(path.resolve("..").normalize(), statement);
        }
        if (Files.isDirectory(path)) {
            return List.of(packed(path));
        }
        if (!Files.isRegularFile(path)) {
            throw new CellProblem(statement.line(), 1, "there is no jar or folder " + path);
        }
        return List.of(kept(path, ""));
    }

    private List<Library> jarsIn(Path folder, Statement.ClassPath statement) {
        List<Library> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .forEach(jar -> found.add(kept(jar, "")));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        if (found.isEmpty()) {
            throw new CellProblem(statement.line(), 1, "there is no jar in " + folder);
        }
        return found;
    }

    /** As a jar, so that what is loaded is what was digested, and an export can carry it. */
    private Library packed(Path folder) {
        try {
            Path jar = Files.createTempDirectory("dagshell-classes").resolve(folder.getFileName() + ".jar");
            try {
                ClassFolder.pack(folder, jar);
                return kept(jar, "");
            } finally {
                Files.deleteIfExists(jar);
                Files.deleteIfExists(jar.getParent());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder + " could not be read", unreadable);
        }
    }

    private Library kept(Path jar, String coordinate) {
        try {
            Path copy = keeper.keep(jar);
            return new Library(copy, coordinate, sha256(copy));
        } catch (IOException uncopied) {
            throw new UncheckedIOException(jar + " could not be copied", uncopied);
        }
    }

    private static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
