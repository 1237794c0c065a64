package io.dagshell.magics.slice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles units together, in memory: references between cells go any way. */
final class UnitCompiler {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final String classPath;

    UnitCompiler(List<String> classPath) {
        this.classPath = String.join(java.io.File.pathSeparator, classPath);
    }

    /** An error javac found. */
    record Found(Unit unit, Diagnostic<? extends JavaFileObject> diagnostic) {
        String message() {
            return diagnostic.getMessage(Locale.ROOT);
        }
    }

    /**
     * What came of it.
     *
     * @param classes binary name to class file; empty if there are errors
     */
    record Outcome(SortedMap<String, byte[]> classes, List<Found> errors) {}

    Outcome compile(List<Unit> units) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (StandardJavaFileManager standard = COMPILER.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<UnitFile> files = units.stream().map(UnitFile::new).toList();
            // -g keeps local names, -parameters those of parameters; both are part of what people see in a failure.
            // The other way to join strings makes classes at run time, which no archive of classes can hold.
            List<String> options = List.of(
                    "-classpath",
                    classPath,
                    "-proc:none",
                    "-g",
                    "-parameters",
                    "-Xlint:none",
                    "-implicit:none",
                    "-XDstringConcat=inline");
            Boolean done = COMPILER.getTask(null, new ClassFiles(standard, classes), diagnostics, options, null, files)
                    .call();
            return new Outcome(done ? classes : new TreeMap<>(), done ? List.of() : errors(diagnostics));
        } catch (IOException impossible) {
            throw new UncheckedIOException("the compiler could not close its files", impossible);
        }
    }

    private static List<Found> errors(DiagnosticCollector<JavaFileObject> diagnostics) {
        List<Found> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
            if (each.getKind() != Diagnostic.Kind.ERROR) {
                continue;
            }
            if (each.getSource() instanceof UnitFile file) {
                errors.add(new Found(file.unit, each));
            } else {
                throw new IllegalStateException("javac: " + each.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    /** The last segment of the address becomes the file name in stack traces: {@code etl.ipynb[7]}. */
    private static final class UnitFile extends SimpleJavaFileObject {
        private final Unit unit;

        UnitFile(Unit unit) {
            super(address(unit), Kind.SOURCE);
            this.unit = unit;
        }

        private static URI address(Unit unit) {
            try {
                return new URI("nb", "", "/" + Unit.PACKAGE + "/" + unit.cell().source(), null);
            } catch (URISyntaxException impossible) {
                throw new IllegalArgumentException(unit.cell().source(), impossible);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return unit.text();
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }

    /** Takes class files into a map. */
    private static final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final SortedMap<String, byte[]> classes;

        ClassFiles(JavaFileManager standard, SortedMap<String, byte[]> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(className, toByteArray());
                        }
                    };
                }
            };
        }

        @Override
        public boolean hasLocation(Location location) {
            return location != StandardLocation.SOURCE_PATH && super.hasLocation(location);
        }
    }
}
