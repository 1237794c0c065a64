package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a notebook a flow needs: every declaration whose name stands in the text of one that is needed, and every
 * subtype of a needed type. Going by names may keep a declaration too many, never one too few; what runs is decided by
 * the compiler, and the cache's keys by attribution.
 *
 * @param kept pieces by cell, in the notebook's order
 */
record Selection(Map<CellText, Set<Member>> kept) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    /** A piece and its cell. */
    record Place(CellText cell, Member member) {}

    /**
     * The declarations that the texts of {@code roots} reach, with them.
     *
     * @throws SliceProblem a reached name is declared twice
     */
    static Selection reachedFrom(List<Place> roots, List<CellText> cells) {
        Map<String, List<Place>> declared = declared(cells);
        Set<Place> reached = new LinkedHashSet<>();
        Deque<Place> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Place place = open.pop();
            if (!reached.add(place)) {
                continue;
            }
            for (String word : words(place)) {
                open.addAll(declared.getOrDefault(word, List.of()));
            }
            if (place.member().kind() == Member.Kind.TYPE) {
                open.addAll(subtypes(place.member().name(), declared));
            }
        }
        refuseDuplicates(reached);
        Map<CellText, Set<Member>> kept = new java.util.LinkedHashMap<>();
        for (CellText cell : cells) {
            reached.stream()
                    .filter(place -> place.cell().equals(cell))
                    .forEach(place -> kept.computeIfAbsent(cell, key -> new LinkedHashSet<>())
                            .add(place.member()));
        }
        return new Selection(kept);
    }

    /** Declarations a slice may hold, by name: not the notebook's variables, which are no part of a task. */
    private static Map<String, List<Place>> declared(List<CellText> cells) {
        Map<String, List<Place>> declared = new HashMap<>();
        for (CellText cell : cells) {
            for (Member member : cell.members()) {
                boolean declaration = switch (member.kind()) {
                    case METHOD, TYPE -> true;
                    case FIELD -> member.isConstant();
                    case IMPORT, STATEMENT, BROKEN -> false;
                };
                if (declaration) {
                    member.names()
                            .forEach(name -> declared.computeIfAbsent(name, key -> new ArrayList<>())
                                    .add(new Place(cell, member)));
                }
            }
        }
        return declared;
    }

    private static Set<String> words(Place place) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(place.cell()
                .java()
                .substring(place.member().start(), place.member().end()));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static List<Place> subtypes(String type, Map<String, List<Place>> declared) {
        Pattern extending = Pattern.compile("\\b(extends|implements)\\b[^{]*\\b" + Pattern.quote(type) + "\\b");
        return declared.values().stream()
                .flatMap(List::stream)
                .filter(place -> place.member().kind() == Member.Kind.TYPE)
                .filter(place -> extending
                        .matcher(place.cell()
                                .java()
                                .substring(
                                        place.member().start(), place.member().end()))
                        .find())
                .toList();
    }

    private static void refuseDuplicates(Set<Place> reached) {
        Map<String, Place> seen = new HashMap<>();
        for (Place place : reached) {
            Member member = place.member();
            String signature = member.kind()
                    + member.name()
                    + member.method().map(method -> "(" + method.types() + ")").orElse("");
            Place other = seen.putIfAbsent(signature, place);
            if (other != null) {
                Place later = other.cell().index() > place.cell().index() ? other : place;
                Place earlier = later == other ? place : other;
                throw later.cell()
                        .problem(
                                later.member().start(),
                                "'" + member.name() + "' is also declared in "
                                        + earlier.cell().source()
                                        + "; an exported notebook declares a name once, remove one of them");
            }
        }
    }
}
