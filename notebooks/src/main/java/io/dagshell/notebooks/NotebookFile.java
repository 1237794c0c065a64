package io.dagshell.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.magics.slice.NotebookSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A notebook in the format 4 of Jupyter (<a href="https://nbformat.readthedocs.io">nbformat</a>). What this class does
 * not know it keeps. Immutable: changes give a new notebook.
 */
public final class NotebookFile {
    private final String name;
    private final Optional<Path> folder;
    private final ObjectNode root;

    private NotebookFile(String name, Optional<Path> folder, ObjectNode root) {
        this.name = name;
        this.folder = folder;
        this.root = root;
    }

    /**
     * Reads a notebook that has code of Java in it.
     *
     * @throws NotebookProblem no such file, no notebook, an older format, another language, or no code
     */
    public static NotebookFile read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new NotebookProblem("There is no notebook " + file + ".", missing);
        } catch (AccessDeniedException denied) {
            throw new NotebookProblem("The notebook " + file + " may not be read: permission denied.", denied);
        } catch (IOException unreadable) {
            throw new NotebookProblem(
                    "The notebook " + file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return parse(file.getFileName().toString(), Optional.ofNullable(folder), file.toString(), bytes);
    }

    /** {@link #read} from bytes; {@code name} is the file's name, which positions in it will show. */
    public static NotebookFile parse(String name, byte[] bytes) {
        return parse(name, Optional.empty(), name, bytes);
    }

    private static NotebookFile parse(String name, Optional<Path> folder, String place, byte[] bytes) {
        ObjectNode root = NotebookJson.read(place, bytes);
        NotebookChecks.check(place, root);
        return new NotebookFile(name, folder, root);
    }

    /** The absolute folder it was read from, where its relative paths begin; empty if it is of no file. */
    public Optional<Path> folder() {
        return folder;
    }

    /** The file's name without its folder: {@code etl.ipynb}. */
    public String name() {
        return name;
    }

    /** What positions in a code cell are called: {@code etl.ipynb[7]}. */
    public String source(CodeCell cell) {
        return name + "[" + cell.index() + "]";
    }

    /** The code cells in order, numbered from 1. */
    public List<CodeCell> codeCells() {
        List<CodeCell> cells = new ArrayList<>();
        for (JsonNode cell : root.path("cells")) {
            if (isCode(cell)) {
                JsonNode source = cell.path("source");
                cells.add(new CodeCell(
                        cells.size() + 1,
                        NotebookJson.joined(source),
                        hasTag(cell, NotebookJson.INJECTED),
                        hasTag(cell, NotebookJson.PARAMETERS)));
            }
        }
        return cells;
    }

    /** The author's code cells, as the slice compiler takes them: cells that a run injected are no part of the source. */
    public NotebookSource source() {
        return new NotebookSource(
                name,
                withoutInjected().codeCells().stream()
                        .map(cell -> new NotebookSource.Cell(cell.index(), cell.text()))
                        .toList());
    }

    /** The bytes of the file, laid out as Jupyter writes it. */
    public byte[] bytes() {
        return NotebookJson.write(root);
    }

    /** Writes the file, whole or not at all. */
    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path temporary = file.resolveSibling(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            try {
                Files.write(temporary, bytes());
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException unwritable) {
            throw new NotebookProblem("The notebook " + file + " cannot be written: " + unwritable + ".", unwritable);
        }
    }

    /** The same notebook without outputs and execution counts. */
    public NotebookFile withoutOutputs() {
        return changed(cell -> {
            cell.putArray("outputs");
            cell.putNull("execution_count");
            if (cell.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("execution");
            }
        });
    }

    /** The same notebook, executed: outputs by index among code cells. Cells without an entry were not reached. */
    NotebookFile withOutputs(Map<Integer, ArrayNode> outputs) {
        int[] index = {0};
        return changed(cell -> {
            index[0]++;
            ArrayNode collected = outputs.get(index[0]);
            if (collected != null) {
                cell.set("outputs", collected);
                cell.put("execution_count", index[0]);
            }
        });
    }

    /** The same notebook with a new code cell behind the code cell {@code index}, with the outputs it had. */
    NotebookFile withInjected(int index, String text, ArrayNode outputs) {
        ObjectNode copy = root.deepCopy();
        ArrayNode cells = (ArrayNode) copy.path("cells");
        int code = 0;
        for (int position = 0; position < cells.size(); position++) {
            if (isCode(cells.get(position)) && ++code == index) {
                cells.insert(position + 1, NotebookJson.injectedCell(text, outputs));
                break;
            }
        }
        return new NotebookFile(name, folder, copy);
    }

    /** The same notebook without cells that an earlier run injected. */
    NotebookFile withoutInjected() {
        ObjectNode copy = root.deepCopy();
        ArrayNode cells = (ArrayNode) copy.path("cells");
        for (int position = cells.size() - 1; position >= 0; position--) {
            if (hasTag(cells.get(position), NotebookJson.INJECTED)) {
                cells.remove(position);
            }
        }
        return new NotebookFile(name, folder, copy);
    }

    private NotebookFile changed(Consumer<ObjectNode> change) {
        ObjectNode copy = root.deepCopy();
        for (JsonNode cell : copy.path("cells")) {
            if (isCode(cell)) {
                change.accept((ObjectNode) cell);
            }
        }
        return new NotebookFile(name, folder, copy);
    }

    static boolean isCode(JsonNode cell) {
        return cell.path("cell_type").asText().equals("code");
    }

    private static boolean hasTag(JsonNode cell, String tag) {
        for (JsonNode each : cell.path("metadata").path("tags")) {
            if (each.asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
