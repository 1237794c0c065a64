package io.dagshell.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/**
 * Where the compiler of cells finds classes: the session's class path, and the kernel's own classes for {@link Display}.
 * JShell puts the process's class path before that, and asks for it anew, on a thread of its own, as long as none is
 * set; so this sets it on the file manager before JShell has it. Guarded by the session's lock.
 */
final class CompilerPath {
    private final List<String> entries;
    private @Nullable StandardJavaFileManager files;

    CompilerPath(List<String> classPath) {
        entries = new ArrayList<>(classPath);
        String own = ownLocation();
        if (!entries.contains(own)) {
            entries.add(own);
        }
    }

    private static String ownLocation() {
        try {
            return Path.of(CompilerPath.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where the kernel's classes are", e);
        }
    }

    /** Given to {@link JShell.Builder#fileManager}. */
    StandardJavaFileManager of(StandardJavaFileManager ofShell) {
        files = ofShell;
        set(ofShell);
        return ofShell;
    }

    /** Adds entries, joined as in a class path. JShell forgets what its compilers learned of the path there was. */
    void add(JShell shell, String added) {
        entries.addAll(List.of(added.split(File.pathSeparator)));
        shell.addToClasspath(added);
        if (files != null) {
            set(files);
        }
    }

    private void set(StandardJavaFileManager files) {
        try {
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH, entries.stream().map(Path::of).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("class path of the cells", e);
        }
    }

    List<String> entries() {
        return List.copyOf(entries);
    }
}
