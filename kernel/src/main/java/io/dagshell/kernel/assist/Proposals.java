package io.dagshell.kernel.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Candidates as they are found; overloads become one, and the order is by rank, then name. Not thread-safe. */
final class Proposals {
    private final String prefix;
    private final Map<String, Proposal> byText = new LinkedHashMap<>();

    Proposals(String prefix) {
        this.prefix = prefix;
    }

    private record Proposal(Candidate candidate, int rank, int overloads) {}

    String prefix() {
        return prefix;
    }

    /** Whether a name is wanted: it begins as typed, and no machine made it. */
    boolean wants(String name) {
        return name.startsWith(prefix) && name.indexOf('$') < 0 && !name.isEmpty();
    }

    /** Whether exactly this is proposed already. */
    boolean has(String kind, String text, String signature) {
        Proposal proposal = byText.get(kind + text);
        return proposal != null && proposal.candidate().signature().equals(signature);
    }

    /** Adds a candidate; a lower rank comes first. */
    void add(Candidate candidate, int rank) {
        byText.putIfAbsent(candidate.kind() + candidate.text(), new Proposal(candidate, rank, 0));
    }

    /** Adds a method; one with parameters is left open for them, and overloads become one candidate. */
    void addMethod(String name, String signature, int rank) {
        boolean empty = signature.startsWith("()");
        Proposal before = byText.get("function " + name);
        if (before == null) {
            Candidate candidate = new Candidate(name + (empty ? "()" : "("), "function", signature);
            byText.put("function " + name, new Proposal(candidate, rank, 0));
            return;
        }
        Candidate first = before.candidate();
        boolean same = first.signature().equals(signature);
        String text = empty ? first.text() : name + "(";
        byText.put(
                "function " + name,
                new Proposal(
                        new Candidate(text, "function", first.signature()),
                        Math.min(rank, before.rank()),
                        before.overloads() + (same ? 0 : 1)));
    }

    List<Candidate> sorted() {
        List<Proposal> all = new ArrayList<>(byText.values());
        all.sort(Comparator.comparingInt(Proposal::rank)
                .thenComparing(proposal -> proposal.candidate().text()));
        return all.stream().map(Proposals::shown).toList();
    }

    private static Candidate shown(Proposal proposal) {
        Candidate candidate = proposal.candidate();
        if (proposal.overloads() == 0) {
            return candidate;
        }
        String more = " (+" + proposal.overloads() + (proposal.overloads() == 1 ? " overload)" : " overloads)");
        return new Candidate(candidate.text(), candidate.kind(), candidate.signature() + more);
    }
}
