package io.dagshell.kernel.session;

import io.dagshell.kernel.session.KernelExtension.CellMagic;
import io.dagshell.kernel.session.KernelExtension.LineMagic;
import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The magics of a session: the kernel's own and those of its extensions. {@code time} is run by the session itself. */
final class Magics {
    private static final String TIME = "time";
    private static final Pattern OPTION = Pattern.compile("-[a-z]\\b");

    private final Map<String, LineMagic> line = new LinkedHashMap<>();
    private final Map<String, CellMagic> cell = new LinkedHashMap<>();

    private final Map<String, String> help = new LinkedHashMap<>(MagicNames.help());

    Magics(List<KernelExtension> extensions, Map<String, LineMagic> ofSession) {
        line.put("lsmagic", arguments -> Optional.of(names()));
        line.putAll(ofSession);
        for (KernelExtension extension : extensions) {
            line.putAll(extension.lineMagics());
            cell.putAll(extension.cellMagics());
            help.putAll(extension.magicHelp());
        }
    }

    private Stream<String> lines() {
        return Stream.concat(line.keySet().stream(), Stream.of(TIME))
                .map(MagicNames::typed)
                .sorted();
    }

    private Stream<String> cells() {
        return Stream.concat(cell.keySet().stream(), Stream.of(TIME))
                .map(name -> "%%" + name)
                .sorted();
    }

    private String names() {
        return lines().collect(Collectors.joining(" ")) + "\n" + cells().collect(Collectors.joining(" "));
    }

    /** What a magic is, as text; empty for one nobody has described. */
    Optional<String> help(String typed) {
        return Optional.ofNullable(help.get(typed));
    }

    /**
     * Names that go on as typed.
     *
     * @param typed with its signs
     * @param first whether a cell magic may stand here
     */
    List<Suggestion> suggest(String typed, int start, boolean first) {
        return Stream.concat(lines(), first ? cells() : Stream.empty())
                .filter(name -> name.length() > 1 && name.startsWith(typed))
                .map(name -> new Suggestion(start, name, "magic", usage(name)))
                .toList();
    }

    /** Options that a magic's usage names and that go on as typed. */
    List<Suggestion> options(String magic, String typed, int start) {
        return OPTION.matcher(usage(magic))
                .results()
                .map(MatchResult::group)
                .filter(option -> option.startsWith(typed))
                .map(option -> new Suggestion(start, option, "keyword", usage(magic)))
                .toList();
    }

    private String usage(String typed) {
        return help(typed)
                .flatMap(text -> text.lines().findFirst())
                .orElse(typed.startsWith("%%") ? "cell magic" : "line magic");
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
            throw new CellProblem(1, 1, unknown("%%" + name));
        }
        return magic;
    }

    /** One that exists with the other number of percent signs is what was meant. */
    private String unknown(String typed) {
        String other = typed.startsWith("%%") ? typed.substring(1) : "%" + typed;
        String meant = Stream.concat(lines(), cells()).anyMatch(other::equals) ? "; write " + other : "";
        return "unknown magic " + typed + meant + "; %lsmagic lists those there are";
    }

    /** Refuses a cell with a line magic nobody has, before any of it runs. */
    void requireKnown(CellRequest request, List<Segment> segments) {
        for (Segment segment : segments) {
            if (segment.isMagic() && !segment.magic().equals(TIME) && !line.containsKey(segment.magic())) {
                CellText text = new CellText(request, TransformedCell.unchanged(request.text()));
                CellText.Position at = text.position(segment.offset());
                throw new CellProblem(at.line(), at.column(), unknown(MagicNames.typed(segment.magic())));
            }
        }
    }
}
