package io.dagshell.installer.kernelspec;

import io.dagshell.installer.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of the distribution that stays when the checkout moves, is rebuilt or goes. Its folder is named for what is in
 * it, so a running kernel never sees its jars change; the copy before is kept for kernels that still run.
 */
final class InstalledCopy {
    private static final int KEPT = 2;
    private static final Pattern OF_ITS_PLACE = Pattern.compile(
            ".*\\.(jsa|aot)|(command|server)\\.archived|kernel\\.release|(command|server|kernel)-archive\\.log");

    private InstalledCopy() {}

    static Distribution of(Distribution source, Path libraries) throws IOException {
        Path target = libraries.resolve(Distribution.version() + "-" + digest(source));
        if (!Files.exists(target.resolve("complete"))) {
            Files.createDirectories(libraries);
            Path fresh = Files.createTempDirectory(libraries, "copying-");
            copy(source.root(), fresh);
            Files.createFile(fresh.resolve("complete"));
            delete(target);
            Files.move(fresh, target);
        }
        Files.setLastModifiedTime(target, java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
        forgetOlder(libraries);
        return new Distribution(target);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(file -> !isOfItsPlace(file)).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Archives and what tells of them are bound to the folder they were made in. */
    private static boolean isOfItsPlace(Path file) {
        return OF_ITS_PLACE.matcher(file.getFileName().toString()).matches();
    }

    private static void forgetOlder(Path libraries) throws IOException {
        List<Path> copies;
        try (Stream<Path> children = Files.list(libraries)) {
            copies = children.sorted(Comparator.comparing(InstalledCopy::age)).toList();
        }
        for (Path old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
            delete(old);
        }
    }

    /** Small for the newest. */
    private static long age(Path folder) {
        try {
            return -Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String digest(Distribution source) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : Stream.concat(source.allJars().stream(), scriptsAndFlags(source))
                .toList()) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 4);
    }

    private static Stream<Path> scriptsAndFlags(Distribution source) throws IOException {
        try (Stream<Path> beside = Files.list(source.root())) {
            return beside.filter(file -> Files.isRegularFile(file) && !isOfItsPlace(file)).sorted().toList().stream();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
