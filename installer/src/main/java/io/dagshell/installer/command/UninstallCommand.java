package io.dagshell.installer.command;

import io.dagshell.installer.kernelspec.KernelInstaller;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dagshell uninstall}: what {@code install} with the same options put there. State and cache stay. */
@Command(
        name = "uninstall",
        description = "Removes the kernel and the command; runs, blocks and cached results stay.",
        mixinStandardHelpOptions = true)
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private InstallTarget target = new InstallTarget();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<Path> gone = new KernelInstaller(target.place()).uninstall();
        gone.forEach(path -> out.println("Removed " + path));
        if (gone.isEmpty()) {
            out.println("Nothing was installed there.");
        }
        out.flush();
        return 0;
    }
}
