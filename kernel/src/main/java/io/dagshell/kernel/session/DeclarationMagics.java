package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.JavaScope;
import io.dagshell.kernel.session.KernelExtension.LineMagic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code %whos}, {@code %reset} and {@code ?name}; {@code /vars}, {@code /methods}, {@code /types}, {@code /imports}, {@code /list}. */
final class DeclarationMagics {
    private final SessionContext session;
    private final Supplier<JavaScope> scope;
    private final Supplier<SessionAssist> assist;
    private final Supplier<Integer> reset;

    /** @param reset forgets what cells declared and says how much that was */
    DeclarationMagics(
            SessionContext session,
            Supplier<JavaScope> scope,
            Supplier<SessionAssist> assist,
            Supplier<Integer> reset) {
        this.session = session;
        this.scope = scope;
        this.assist = assist;
        this.reset = reset;
    }

    Map<String, LineMagic> lines() {
        Map<String, LineMagic> lines = new LinkedHashMap<>();
        lines.put("whos", this::whos);
        lines.put("reset", this::reset);
        lines.put("/vars", listing("/vars", () -> named(Declaration.Kind.VARIABLE, this::variable)));
        lines.put("/methods", listing("/methods", () -> named(Declaration.Kind.METHOD, DeclarationMagics::face)));
        lines.put("/types", listing("/types", () -> named(Declaration.Kind.TYPE, DeclarationMagics::face)));
        lines.put("/imports", listing("/imports", () -> named(Declaration.Kind.IMPORT, DeclarationMagics::source)));
        lines.put("/list", listing("/list", this::list));
        lines.put("?", name -> page(name, false));
        lines.put("??", name -> page(name, true));
        return lines;
    }

    private Optional<Object> page(String name, boolean detailed) {
        session.output().page(assist.get().asked(name, detailed));
        return Optional.empty();
    }

    private String value(String variable) {
        return assist.get().value(variable);
    }

    private static LineMagic listing(String name, Supplier<String> text) {
        return arguments -> {
            if (!arguments.isBlank()) {
                throw new CellProblem(1, 1, name + " takes nothing behind it; write " + name);
            }
            String shown = text.get();
            return Optional.of(shown.isEmpty() ? "nothing yet" : shown);
        };
    }

    private Optional<Object> whos(String arguments) {
        Map<String, String> types = types();
        Set<String> asked = arguments.isBlank()
                ? Set.of()
                : Set.copyOf(List.of(arguments.strip().split("[\\s,]+")));
        for (String name : asked) {
            if (!types.containsKey(name)) {
                throw new CellProblem(1, 1, "no variable is called " + name + "; %whos alone lists those there are");
            }
        }
        List<List<String>> rows = types.entrySet().stream()
                .filter(each -> asked.isEmpty() || asked.contains(each.getKey()))
                .map(each -> List.of(each.getKey(), each.getValue(), value(each.getKey())))
                .toList();
        return Optional.of(
                rows.isEmpty()
                        ? "no variables yet"
                        : new Rendered(Grid.ofText(List.of("Name", "Type", "Value"), rows)
                                .bundle()));
    }

    private Optional<Object> reset(String arguments) {
        if (!arguments.isBlank() && !arguments.equals("-f")) {
            throw new CellProblem(1, 1, "%reset forgets everything that cells declared; write %reset");
        }
        int count = reset.get();
        return Optional.of(count == 0 ? "nothing was declared" : "forgotten: " + count + " declarations");
    }

    /** Name to type of all variables, in the order they were declared. */
    private Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        for (JavaScope.Declared each : scope.get().declarations()) {
            if (each.variable()) {
                types.put(
                        each.name(),
                        each.java()
                                .substring(0, each.java().length() - each.name().length())
                                .strip());
            }
        }
        return types;
    }

    private String named(Declaration.Kind kind, Function<Declaration, String> text) {
        return lines(each -> each.kind() == kind, text);
    }

    private String variable(Declaration declared) {
        return types().getOrDefault(declared.name(), "") + " " + declared.name() + " = " + value(declared.name());
    }

    /** Its first line up to its body; what machines added has a dollar sign in its name. */
    private static String face(Declaration declared) {
        String source = declared.source().strip();
        int body = source.indexOf('{');
        return (body < 0 ? source : source.substring(0, body)).strip().replaceAll("\\s+", " ");
    }

    private static String source(Declaration declared) {
        return declared.source().strip();
    }

    private String list() {
        return lines(each -> each.cell() > 0, each -> "[" + each.cell() + "] " + source(each));
    }

    private String lines(Predicate<Declaration> which, Function<Declaration, String> text) {
        return session.declarations().stream()
                .filter(which)
                .filter(each -> each.name().indexOf('$') < 0)
                .map(text)
                .collect(Collectors.joining("\n"));
    }
}
