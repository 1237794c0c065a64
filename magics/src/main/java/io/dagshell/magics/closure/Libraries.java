package io.dagshell.magics.closure;

import io.dagshell.engine.model.CodeIdentity.CodePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.ZipFile;

/**
 * The jars a notebook added to its class path. A task that uses a type of any of them has all of them in its key, by name
 * and content: which jar a jar calls is not followed, since what it finds by name at run time could not be seen.
 * DagShell's own jars and Tablesaw are left out: the versions of facades speak for them. Stateless.
 */
final class Libraries {
    private static final List<String> OWN =
            List.of("io.dagshell.", "tech.tablesaw.", "it.unimi.dsi.", "org.roaringbitmap.");

    private final List<String> classPath;

    Libraries(List<String> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /** A part for each added jar, if one of the types, outermost classes by binary name, is in any of them. */
    List<CodePart> parts(Collection<String> types) {
        List<String> entries = types.stream()
                .filter(type -> OWN.stream().noneMatch(type::startsWith))
                .map(type -> type.replace('.', '/') + ".class")
                .toList();
        List<Path> jars = entries.isEmpty() ? List.of() : added();
        if (jars.stream().noneMatch(jar -> holdsAny(jar, entries))) {
            return List.of();
        }
        List<CodePart> parts = new ArrayList<>();
        for (Path jar : jars) {
            parts.add(new CodePart("library", String.valueOf(jar.getFileName()), digest(jar), OptionalInt.empty()));
        }
        return parts;
    }

    private List<Path> added() {
        return classPath.stream()
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(jar -> !holdsAny(
                        jar, OWN.stream().map(name -> name.replace('.', '/')).toList()))
                .toList();
    }

    private static boolean holdsAny(Path jar, List<String> entries) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return entries.stream().anyMatch(entry -> zip.getEntry(entry) != null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the library " + jar + " could not be read", unreadable);
        }
    }

    private static String digest(Path jar) {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the library " + jar + " could not be read", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
