package io.dagshell.kernel.session;

import io.dagshell.kernel.session.KernelExtension.CellMagic;
import io.dagshell.kernel.session.KernelExtension.LineMagic;
import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The magics of a session: the kernel's own and those of its extensions. {@code time} is run by the session itself. */
final class Magics {
    private static final String TIME = "time";

    private final Map<String, LineMagic> line = new LinkedHashMap<>();
    private final Map<String, CellMagic> cell = new LinkedHashMap<>();

    Magics(List<KernelExtension> extensions, Consumer<String> addToClassPath) {
        line.put("lsmagic", arguments -> Optional.of(names()));
        line.put("env", Magics::environment);
        line.put("classpath", arguments -> {
            addToClassPath.accept(arguments);
            return Optional.empty();
        });
        for (KernelExtension extension : extensions) {
            line.putAll(extension.lineMagics());
            cell.putAll(extension.cellMagics());
        }
    }

    private static Optional<Object> environment(String name) {
        if (name.isBlank()) {
            return Optional.of(System.getenv().keySet().stream().sorted().collect(Collectors.joining("\n")));
        }
        return Optional.ofNullable(System.getenv(name.strip()));
    }

    private String names() {
        String lines = line.keySet().stream().sorted().map(name -> "%" + name).collect(Collectors.joining(" "));
        String cells = cell.keySet().stream().sorted().map(name -> "%%" + name).collect(Collectors.joining(" "));
        return (lines + " %" + TIME + "\n" + cells + " %%" + TIME).strip();
    }

    /**
     * Names that go on as typed.
     *
     * @param typed with its percent signs
     * @param first whether a cell magic may stand here
     */
    List<Suggestion> suggest(String typed, int start, boolean first) {
        List<Suggestion> found = new ArrayList<>();
        Stream.concat(line.keySet().stream(), Stream.of(TIME))
                .map(name -> "%" + name)
                .filter(name -> name.startsWith(typed))
                .sorted()
                .forEach(name -> found.add(new Suggestion(start, name, "magic", "line magic")));
        if (first) {
            Stream.concat(cell.keySet().stream(), Stream.of(TIME))
                    .map(name -> "%%" + name)
                    .filter(name -> name.startsWith(typed))
                    .sorted()
                    .forEach(name -> found.add(new Suggestion(start, name, "magic", "cell magic")));
        }
        return found;
    }

    static boolean isCellMagic(String text) {
        return text.stripLeading().startsWith("%%");
    }

    /** The magic's name, its arguments as text, and where its body begins. */
    static Segment cellMagic(String text) {
        int start = text.indexOf("%%") + 2;
        int end = text.indexOf('\n', start);
        String header = (end < 0 ? text.substring(start) : text.substring(start, end)).strip();
        int space = header.indexOf(' ');
        String name = space < 0 ? header : header.substring(0, space);
        String arguments = space < 0 ? "" : header.substring(space).strip();
        return new Segment(end < 0 ? text.length() : end + 1, arguments, name);
    }

    LineMagic line(String name) {
        LineMagic magic = line.get(name);
        if (magic == null) {
            throw new IllegalArgumentException("no magic %" + name);
        }
        return magic;
    }

    CellMagic cell(CellRequest request, String name) {
        CellMagic magic = cell.get(name);
        if (magic == null) {
            throw new CellProblem(1, 1, "unknown magic %%" + name + "; %lsmagic lists those there are");
        }
        return magic;
    }

    /** Refuses a cell with a line magic nobody has, before any of it runs. */
    void requireKnown(CellRequest request, List<Segment> segments) {
        for (Segment segment : segments) {
            if (segment.isMagic() && !segment.magic().equals(TIME) && !line.containsKey(segment.magic())) {
                CellText text = new CellText(request, TransformedCell.unchanged(request.text()));
                CellText.Position at = text.position(segment.offset());
                throw new CellProblem(
                        at.line(),
                        at.column(),
                        "unknown magic %" + segment.magic() + "; %lsmagic lists those there are");
            }
        }
    }
}
