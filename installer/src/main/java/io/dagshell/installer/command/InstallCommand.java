package io.dagshell.installer.command;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.Distribution;
import io.dagshell.installer.kernelspec.KernelInstaller;
import io.dagshell.installer.kernelspec.Place;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dagshell install}. */
@Command(
        name = "install",
        description = "Installs the kernel \"Java (DagShell)\" for Jupyter and the dagshell command.",
        mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {

    @Mixin
    private InstallTarget target = new InstallTarget();

    @Option(names = "--jdk", paramLabel = "FOLDER", description = "Run on this JDK (default: the newest found).")
    private Optional<Path> jdk = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Place place = target.place();
        KernelInstaller installer = jdk.map(home -> KernelInstaller.withJdk(place, CallerFolder.resolve(home)))
                .orElseGet(() -> new KernelInstaller(place));
        KernelInstaller.Installed installed = installer.install(Distribution.running());
        out.println("Kernel \"Java (DagShell)\" installed in " + installed.spec());
        out.println("  runs on Java " + installed.javaVersion() + ", " + installed.java());
        if (!installed.archive()) {
            out.println("  not with all class-data archives (it starts slower): see the archive logs in "
                    + place.libraries());
        }
        out.println("Command installed as " + installed.launcher());
        if (!isOnPath(place.programs())) {
            out.println("  its folder is not on your PATH: add it, or call it by this name");
        }
        out.println("Next: jupyter lab, or dagshell --help");
        out.flush();
        return 0;
    }

    private static boolean isOnPath(Path folder) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator)).anyMatch(entry -> entry.equals(folder.toString()));
    }
}
