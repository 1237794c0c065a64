package io.dagshell.kernel.magic;

import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code %%writefile}, {@code %load} and {@code %save}. One session each. */
public final class FileMagics implements KernelExtension {
    private static final String WRITE = "%%writefile [-a] FILE";
    private static final String LOAD = "%load FILE";
    private static final String SAVE = "%save [-f] FILE.java";

    private final SavedCells cells = new SavedCells();
    private volatile @Nullable SessionContext session;

    /** What stands behind a magic's name. */
    private record Words(boolean option, Path file) {
        static Words of(String arguments, String option, String usage) {
            List<String> words = Arrays.stream(arguments.strip().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            List<String> files =
                    words.stream().filter(word -> !word.equals(option)).toList();
            if (files.size() != 1 || !option.isEmpty() && files.get(0).startsWith("-")) {
                throw new CellProblem(1, 1, "write " + usage);
            }
            String file = files.get(0);
            Path path = Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file);
            return new Words(words.size() > 1, path);
        }
    }

    @Override
    public void opened(SessionContext context) {
        session = context;
    }

    @Override
    public void completed(CellRequest cell) {
        cells.ran(cell);
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return Map.of("load", this::load, "save", this::save);
    }

    @Override
    public Map<String, CellMagic> cellMagics() {
        return Map.of("writefile", this::write);
    }

    @Override
    public Map<String, String> magicHelp() {
        return Map.of(
                "%%writefile",
                WRITE + "\ntext\n\nWrites the cell to a file; -a adds it at the end.",
                "%load",
                LOAD + "\n\nPuts a file's text into this cell, to be read and run.",
                "%save",
                SAVE + "\n\nWrites the cells that ran to a file that %load and jshell read; -f replaces the file."
                        + " Headers and magics are kept as comments.");
    }

    private SessionContext session() {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        return context;
    }

    private Optional<Object> write(String arguments, String body) throws IOException {
        Words words = Words.of(arguments, "-a", WRITE);
        boolean there = Files.exists(words.file());
        String text = body.endsWith("\n") ? body : body + "\n";
        try {
            Files.writeString(
                    words.file(),
                    text,
                    StandardOpenOption.CREATE,
                    words.option() ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (NoSuchFileException noFolder) {
            throw noFolder(words.file());
        }
        String did = words.option() && there ? "Added to " : there ? "Replaced " : "Wrote ";
        output().stdout(did + words.file() + "\n");
        return Optional.empty();
    }

    private CellOutput output() {
        return session().output();
    }

    private static CellProblem noFolder(Path file) {
        return new CellProblem(
                1, 1, "there is no folder " + file.toAbsolutePath().getParent() + "; make it with !mkdir -p");
    }

    private Optional<Object> load(String arguments) throws IOException {
        Path file = Words.of(arguments, "", LOAD).file();
        if (!Files.isRegularFile(file)) {
            throw new CellProblem(1, 1, "there is no file " + file.toAbsolutePath() + "; write " + LOAD);
        }
        output().nextInput("// %load " + arguments.strip() + "\n" + Files.readString(file), true);
        return Optional.empty();
    }

    private Optional<Object> save(String arguments) throws IOException {
        Words words = Words.of(arguments, "-f", SAVE);
        if (Files.exists(words.file()) && !words.option()) {
            throw new CellProblem(1, 1, words.file() + " is there already; write %save -f " + words.file());
        }
        try {
            Files.writeString(words.file(), cells.asJava(session().declarations()));
        } catch (NoSuchFileException noFolder) {
            throw noFolder(words.file());
        }
        output().stdout("Wrote " + cells.count() + " cells to " + words.file() + "\n");
        return Optional.empty();
    }
}
