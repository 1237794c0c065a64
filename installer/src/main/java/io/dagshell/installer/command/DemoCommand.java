package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.Distribution;
import io.dagshell.installer.demo.Demo;
import io.dagshell.installer.demo.DemoData;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dagshell demo}. */
@Command(
        name = "demo",
        description = "The reference job end to end: notebook, PostgreSQL, export, run of the export.",
        mixinStandardHelpOptions = true)
final class DemoCommand extends Leaf {

    @Option(
            names = "--data",
            paramLabel = "FILE_OR_URL",
            description = "A csv or csv.gz of the reference schema instead of the sample.")
    private Optional<String> data = Optional.empty();

    @Option(names = "--keep", description = "Leave PostgreSQL running and print its URL.")
    private boolean keep;

    @Override
    int run(PrintWriter out) throws Exception {
        Optional<String> dataset = data.map(DemoData::checked);
        return new Demo(Distribution.running(), Home.ofEnvironment(), System.out).run(dataset, keep);
    }
}
