package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the kept pieces of cells into units and compiles them; errors are told at the cells' own lines. */
final class SliceUnits {
    private static final Pattern MISSING = Pattern.compile("symbol:\\s+(variable|method|class) ([\\w$]+)");

    private final List<String> defaultImports;
    private final List<CellText> cells;
    private final UnitCompiler compiler;

    SliceUnits(List<String> defaultImports, List<CellText> cells, List<String> classPath) {
        this.defaultImports = List.copyOf(defaultImports);
        this.cells = List.copyOf(cells);
        this.compiler = new UnitCompiler(classPath);
    }

    /**
     * Compiles.
     *
     * @return binary name to class file
     * @throws SliceProblem it does not compile
     */
    SortedMap<String, byte[]> compile(Map<CellText, Set<Member>> kept) {
        List<ImportLine> imports = ImportLine.of(defaultImports, cells);
        UnitCompiler.Outcome outcome = compiler.compile(units(kept, imports));
        Set<ImportLine> unusable = unusable(outcome);
        if (!unusable.isEmpty()) {
            // An import that cannot be resolved matters only if the flow needs it.
            List<ImportLine> usable =
                    imports.stream().filter(line -> !unusable.contains(line)).toList();
            UnitCompiler.Outcome without = compiler.compile(units(kept, usable));
            outcome = without.errors().isEmpty() ? without : outcome;
        }
        if (!outcome.errors().isEmpty()) {
            throw problem(outcome.errors());
        }
        return outcome.classes();
    }

    private static Set<ImportLine> unusable(UnitCompiler.Outcome outcome) {
        Set<ImportLine> lines = new LinkedHashSet<>();
        outcome.errors()
                .forEach(found -> found.unit()
                        .importAt(found.diagnostic().getPosition())
                        .filter(line -> line.cell().isPresent())
                        .ifPresent(lines::add));
        return lines;
    }

    private List<Unit> units(Map<CellText, Set<Member>> kept, List<ImportLine> imports) {
        List<Unit> units = new ArrayList<>();
        kept.forEach((cell, members) ->
                units.add(Unit.of(cell, members, imports, links(cell, members, kept), bridges(cell, members, kept))));
        return units;
    }

    private static List<String> links(CellText cell, Set<Member> own, Map<CellText, Set<Member>> kept) {
        Set<String> ownNames = names(own);
        List<String> links = new ArrayList<>();
        kept.forEach((other, members) -> {
            if (!other.equals(cell)) {
                names(members).stream()
                        .filter(name -> !ownNames.contains(name))
                        .forEach(name -> links.add(Unit.PACKAGE + "." + other.className() + "." + name));
            }
        });
        return links;
    }

    /** A method of this name here hides the imports of all others of the name, so those are repeated and delegate. */
    private static List<String> bridges(CellText cell, Set<Member> own, Map<CellText, Set<Member>> kept) {
        Set<String> ownMethods = new HashSet<>();
        own.stream().filter(member -> member.method().isPresent()).forEach(member -> ownMethods.add(member.name()));
        List<String> bridges = new ArrayList<>();
        kept.forEach((other, members) -> {
            if (other.equals(cell)) {
                return;
            }
            for (Member member : members) {
                Optional<Member.Method> method = member.method().filter(face -> ownMethods.contains(member.name()));
                method.ifPresent(face -> bridges.add(bridge(other, member, face)));
            }
        });
        return bridges;
    }

    private static String bridge(CellText other, Member member, Member.Method face) {
        String head = face.head()
                .replaceAll("\\b(private|protected|public)\\b", "")
                .replaceAll("\\s+", " ")
                .strip();
        String call = Unit.PACKAGE + "." + other.className() + "." + member.name() + "("
                + String.join(", ", face.parameters()) + ");";
        // Private, so that a third cell that imports the name finds each overload once.
        return (member.isStatic() ? "private " : "private static ") + head + " { " + (face.isVoid() ? "" : "return ")
                + call + " }";
    }

    private static Set<String> names(Set<Member> members) {
        Set<String> names = new LinkedHashSet<>();
        members.forEach(member -> names.addAll(member.names()));
        return names;
    }

    private SliceProblem problem(List<UnitCompiler.Found> errors) {
        for (UnitCompiler.Found found : errors) {
            Optional<SliceProblem> known = explained(found);
            if (known.isPresent()) {
                return known.get();
            }
        }
        UnitCompiler.Found first = errors.get(0);
        Optional<ImportLine> line = first.unit().importAt(first.diagnostic().getPosition());
        if (line.isPresent() && line.get().cell().isPresent()) {
            return line.get().cell().get().problem(line.get().offset(), first.message());
        }
        return at(first, first.message());
    }

    private Optional<SliceProblem> explained(UnitCompiler.Found found) {
        Matcher missing = MISSING.matcher(found.message());
        if (!missing.find()) {
            return Optional.empty();
        }
        String name = missing.group(2);
        for (CellText cell : cells) {
            for (Member member : cell.members()) {
                if (member.kind() == Member.Kind.FIELD && member.declares(name)) {
                    return Optional.of(at(
                            found,
                            "reads the notebook variable '" + name + "' of " + cell.source()
                                    + "; make it a parameter, or a constant: static final"));
                }
            }
        }
        return broken(name);
    }

    /** The name is missing because the piece that mentions it first is no Java. */
    private Optional<SliceProblem> broken(String name) {
        Pattern mention = Pattern.compile("\\b" + Pattern.quote(name) + "\\s*[({]|\\b(class|record|enum|interface)\\s+"
                + Pattern.quote(name) + "\\b");
        for (CellText cell : cells) {
            for (Member member : cell.members()) {
                if (member.kind() == Member.Kind.BROKEN
                        && mention.matcher(cell.java().substring(member.start(), member.end()))
                                .find()) {
                    Map.Entry<Integer, String> error = Members.syntaxError(cell.java(), member);
                    return Optional.of(cell.problem(error.getKey(), error.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    private static SliceProblem at(UnitCompiler.Found found, String message) {
        return found.unit()
                .cell()
                .problem(found.unit().toCell(found.diagnostic().getPosition()), message);
    }
}
