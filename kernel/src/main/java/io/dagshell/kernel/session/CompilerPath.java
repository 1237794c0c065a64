package io.dagshell.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
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

    /** Simple names of the classes in a package, as the compiler finds them. */
    Set<String> classes(String packageName) {
        Set<String> names = new HashSet<>();
        Path jdk = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/packages", packageName);
        try {
            if (Files.isDirectory(jdk)) {
                try (DirectoryStream<Path> modules = Files.newDirectoryStream(jdk)) {
                    for (Path module : modules) {
                        addFiles(module.toRealPath().resolve(packageName.replace('.', '/')), names);
                    }
                }
            }
            if (files != null) {
                for (JavaFileObject file : files.list(
                        StandardLocation.CLASS_PATH, packageName, Set.of(JavaFileObject.Kind.CLASS), false)) {
                    add(file.getName(), names);
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("classes of the package " + packageName, e);
        }
    }

    private static void addFiles(Path folder, Set<String> names) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
                files.forEach(file -> add(file.toString(), names));
            }
        }
    }

    private static void add(String file, Set<String> names) {
        String name = file.substring(1 + Math.max(file.lastIndexOf('/'), file.lastIndexOf(File.separatorChar)));
        if (name.indexOf('$') < 0) {
            names.add(name.replaceFirst("\\.class\\)?$", ""));
        }
    }

    List<String> entries() {
        return List.copyOf(entries);
    }
}
