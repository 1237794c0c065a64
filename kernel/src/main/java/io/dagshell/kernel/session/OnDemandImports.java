package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.Mentioned;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which imports a text needs, by what there is to import: the compiler takes in all classes of a package that is imported
 * on demand, and looks through them ever after. Guarded by the session's lock.
 */
final class OnDemandImports {
    private static final Pattern SINGLE = Pattern.compile("import\\s+(?:static\\s+)?[\\w.]+\\.(\\w+)\\s*;");
    private static final Pattern ALL = Pattern.compile("import\\s+(static\\s+)?([\\w.]+)\\.\\*\\s*;");

    private final CompilerPath path;
    private final ClassLoader loader;
    private final Map<String, Optional<Set<String>>> members = new HashMap<>();
    private final Map<String, Boolean> packages = new HashMap<>();
    private final Map<String, Boolean> classes = new HashMap<>();

    OnDemandImports(CompilerPath path, ClassLoader loader) {
        this.path = path;
        this.loader = loader;
    }

    /** What was not there before may be there now. */
    void forget() {
        members.clear();
        packages.clear();
        classes.clear();
    }

    /** Those of the import declarations, one a line, that may import what is mentioned; what is not understood may. */
    String needed(String imports, Mentioned mentioned) {
        return imports.lines()
                .filter(line -> mayImport(line.strip(), mentioned))
                .collect(Collectors.joining("\n"));
    }

    private boolean mayImport(String line, Mentioned mentioned) {
        Matcher single = SINGLE.matcher(line);
        if (single.matches()) {
            return mentioned.has(single.group(1));
        }
        Matcher all = ALL.matcher(line);
        if (!all.matches()) {
            return true;
        }
        String owner = all.group(2);
        Optional<Set<String>> names = mentioned.names();
        if (names.isEmpty() || names.get().isEmpty()) {
            return names.isEmpty();
        }
        if (all.group(1) != null) {
            return isAnyIn(names.get(), members.computeIfAbsent(owner, name -> namesIn(name, true)));
        }
        return packages.computeIfAbsent(owner, path::hasPackage)
                ? names.get().stream().anyMatch(name -> classes.computeIfAbsent(owner + "." + name, path::hasClass))
                : isAnyIn(names.get(), members.computeIfAbsent("nested in " + owner, key -> namesIn(owner, false)));
    }

    private static boolean isAnyIn(Set<String> names, Optional<Set<String>> known) {
        return known.isEmpty() || names.stream().anyMatch(known.get()::contains);
    }

    /**
     * Of classes nested in a class and, if asked, of its methods and fields; empty for a class that is not to be had, which
     * may have any.
     */
    private Optional<Set<String>> namesIn(String className, boolean members) {
        try {
            Class<?> type = Class.forName(className, false, loader);
            Set<String> names = new HashSet<>();
            for (Class<?> nested : type.getClasses()) {
                names.add(nested.getSimpleName());
            }
            if (members) {
                Stream.of(type.getMethods(), type.getFields())
                        .flatMap(Arrays::stream)
                        .forEach(member -> names.add(member.getName()));
            }
            return Optional.of(names);
        } catch (ClassNotFoundException | LinkageError nothingToLookAt) {
            return Optional.empty();
        }
    }
}
