package io.dagshell.installer;

import io.dagshell.notebooks.deploy.FlowJarRuntime;
import io.dagshell.runner.FlowJarClasses;
import io.dagshell.runner.SharedCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which jars of the distribution a deployed flow runs with: those the build of the runner says it needs. */
public final class DeployedLibraries {
    private static final String LIST = "/META-INF/dagshell/libraries.list";

    private DeployedLibraries() {}

    public static FlowJarRuntime of(Distribution distribution) throws IOException {
        List<Path> jars = new ArrayList<>();
        jars.add(jarOfRunner(distribution));
        for (String entry : list().split(":")) {
            Path jar = distribution.lib().resolve(entry.substring(entry.lastIndexOf('/') + 1));
            if (!Files.exists(jar)) {
                throw new IllegalStateException("the distribution has no " + jar + ", which the runner needs");
            }
            jars.add(jar);
        }
        return new FlowJarRuntime(
                FlowJarClasses.MAIN,
                FlowJarClasses.all(),
                jars,
                distribution.cloudJars(),
                SharedCache.isBucket(System.getenv()));
    }

    private static Path jarOfRunner(Distribution distribution) throws IOException {
        return distribution.jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("dagshell-runner-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the distribution has no runner"));
    }

    private static String list() throws IOException {
        try (InputStream in = FlowJarClasses.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("the runner does not say what it needs: build it with mvn package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
