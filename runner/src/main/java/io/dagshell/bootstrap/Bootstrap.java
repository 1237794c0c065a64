package io.dagshell.bootstrap;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.FlowProcess;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** Main class of {@code flow.jar}, and of a {@linkplain FlowProcess process} that has its libraries as class path. */
public final class Bootstrap {
    /** Attribute of the manifest: the JDK feature release the flow was built on. */
    public static final String JDK = "DagShell-Jdk";

    private static final String RUNNER = "io.dagshell.runner.RunnerMain";
    private static final int CANNOT_REACH = 3;

    /** Where the blocks look for the libraries that load when a cloud is first used. */
    static final String CLOUD_LIBRARIES = "dagshell.cloud.libraries";

    private Bootstrap() {}

    /** Runs the flow of the jar this class is in; ends the process with the runner's exit code. */
    public static void main(String[] arguments) throws Throwable {
        int code;
        try {
            readAndWriteUtf8();
            code = start(arguments);
        } catch (IOException missing) {
            System.err.println(missing.getMessage());
            code = CANNOT_REACH;
        }
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    private static int start(String[] arguments) throws Throwable {
        Path flowJar = ownJar();
        DependencyLock lock = openLock(flowJar);
        LibraryStore store = new LibraryStore(Home.ofEnvironment().libraries());
        unpack(flowJar, lock, store);
        List<Path> userJars = find(store, lock.of(Role.USER), flowJar);
        System.setProperty(CLOUD_LIBRARIES, path(find(store, lock.of(Role.CLOUD), flowJar)));
        ClassLoader product = isOnClassPath()
                ? Bootstrap.class.getClassLoader()
                : new URLClassLoader(
                        "dagshell",
                        urls(find(store, lock.of(Role.RUNTIME), flowJar)),
                        ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(product);
        try {
            return (int) product.loadClass(RUNNER)
                    .getMethod("run", Path.class, List.class, String[].class)
                    .invoke(null, flowJar, userJars, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /**
     * A scheduler starts processes without a language, and there JDK 17 reads and writes ASCII, where the notebook had
     * UTF-8. Later releases have UTF-8 everywhere. The manifest opens the package.
     */
    private static void readAndWriteUtf8() {
        if (Charset.defaultCharset().equals(StandardCharsets.UTF_8)) {
            return;
        }
        try {
            Field charset = Charset.class.getDeclaredField("defaultCharset");
            charset.setAccessible(true);
            charset.set(null, StandardCharsets.UTF_8);
            System.setProperty("file.encoding", "UTF-8");
        } catch (ReflectiveOperationException | RuntimeException notThisRelease) {
            System.err.println("Text is read as " + Charset.defaultCharset()
                    + ", not as UTF-8; start with java -Dfile.encoding=UTF-8.");
        }
    }

    private static boolean isOnClassPath() {
        return System.getProperty(FlowProcess.FLOW) != null;
    }

    private static Path ownJar() throws URISyntaxException {
        if (isOnClassPath()) {
            return Path.of(System.getProperty(FlowProcess.FLOW));
        }
        return Path.of(Bootstrap.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static DependencyLock openLock(Path flowJar) throws IOException {
        try (JarFile jar = new JarFile(flowJar.toFile())) {
            checkJdk(flowJar, jar.getManifest().getMainAttributes().getValue(JDK));
            ZipEntry entry = jar.getEntry("deps.lock");
            if (entry == null) {
                throw new IOException(flowJar + " has no deps.lock; build the deployment again.");
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return DependencyLock.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    // Keys of cached results and the meaning of code belong to a feature release, so the release binds.
    private static void checkJdk(Path flowJar, String built) throws IOException {
        String here = String.valueOf(Runtime.version().feature());
        if (!here.equals(built)) {
            throw new IOException(
                    flowJar + " was built on JDK " + built + " and runs on that release only; this is JDK "
                            + here + ". Start it with the java of a JDK " + built
                            + ", or build the deployment again on this one.");
        }
    }

    /** A bundle carries its libraries; a machine that never had them gets them at the first start. */
    private static void unpack(Path flowJar, DependencyLock lock, LibraryStore store) throws IOException {
        try (JarFile jar = new JarFile(flowJar.toFile())) {
            for (Entry entry : lock.entries()) {
                ZipEntry carried = jar.getEntry(entry.inBundle());
                if (carried != null && !store.has(entry)) {
                    try (InputStream content = jar.getInputStream(carried)) {
                        store.put(entry, content);
                    }
                }
            }
        } catch (FileSystemException unwritable) {
            throw new IOException(
                    "The libraries of " + flowJar.getFileName() + " cannot be unpacked: " + unwritable.getMessage()
                            + ". They go where DAGSHELL_HOME says, which must be a folder this user may write to.",
                    unwritable);
        }
    }

    private static List<Path> find(LibraryStore store, List<Entry> entries, Path flowJar) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                jars.add(store.find(entry));
            } catch (IOException missing) {
                throw new IOException(
                        missing.getMessage() + " " + flowJar.getFileName()
                                + " needs it: build the deployment on this machine (dagshell deployment build), or copy"
                                + " the store from the machine that built it; DAGSHELL_HOME says where it is.",
                        missing);
            }
        }
        return jars;
    }

    private static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
