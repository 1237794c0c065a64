package io.dagshell.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final Set<JavaFileObject.Kind> CLASSES = Set.of(JavaFileObject.Kind.CLASS);

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

    /** Whether the JDK or the class path has classes in a package. */
    boolean hasPackage(String name) {
        try {
            return Files.isDirectory(jdk().getPath("/packages", name))
                    || files != null
                            && files.list(StandardLocation.CLASS_PATH, name, CLASSES, false)
                                    .iterator()
                                    .hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException("classes of the package " + name, e);
        }
    }

    /** Whether the JDK or the class path has a class of this full name, in a package. */
    boolean hasClass(String name) {
        int dot = name.lastIndexOf('.');
        try {
            return isOfJdk(name.substring(0, dot), name.substring(dot + 1))
                    || files != null
                            && files.getJavaFileForInput(StandardLocation.CLASS_PATH, name, JavaFileObject.Kind.CLASS)
                                    != null;
        } catch (IOException e) {
            throw new UncheckedIOException("the class " + name, e);
        }
    }

    private static boolean isOfJdk(String packageName, String className) throws IOException {
        Path modules = jdk().getPath("/packages", packageName);
        if (!Files.isDirectory(modules)) {
            return false;
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(modules)) {
            for (Path module : each) {
                Path folder = module.toRealPath().resolve(packageName.replace('.', '/'));
                if (Files.exists(folder.resolve(className + ".class"))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static FileSystem jdk() {
        return FileSystems.getFileSystem(URI.create("jrt:/"));
    }

    List<String> entries() {
        return List.copyOf(entries);
    }
}
