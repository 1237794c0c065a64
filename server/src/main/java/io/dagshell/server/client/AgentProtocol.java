package io.dagshell.server.client;

import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;

/**
 * How an agent and a server speak with each other, as each says with all that it sends the other: a number that is raised
 * when one of them needs of the other what builds before do not give. Whoever is newer knows what it needs, so the server
 * decides about older agents and the agent about older servers; and servers are upgraded first. Immutable.
 *
 * @param number 0 of a DagShell that does not say it
 * @param version of the DagShell that speaks, for people; empty where it does not say it
 */
public record AgentProtocol(int number, String version) {
    /** Header of requests and answers with the number. */
    public static final String NUMBER = "DagShell-Agent-Protocol";

    /** Header of requests and answers with the version. */
    public static final String VERSION = "DagShell-Version";

    /**
     * What is spoken here: an order tells of earlier processes of its run, of answers and attempts, and an end says of which
     * process it is.
     */
    private static final int SPOKEN = 1;

    /** The oldest agents that are handed runs. An agent that passes over a part of an order would do things twice. */
    private static final int OLDEST_AGENT = 1;

    /** This DagShell. */
    public static AgentProtocol here() {
        String built = AgentProtocol.class.getPackage().getImplementationVersion();
        return new AgentProtocol(SPOKEN, built == null ? "development" : built);
    }

    /** What the other side said; anything but a number is none. */
    public static AgentProtocol told(Optional<String> number, Optional<String> version) {
        return new AgentProtocol(
                number.filter(text -> text.matches("[0-9]{1,9}"))
                        .map(Integer::parseInt)
                        .orElse(0),
                version.map(text -> text.substring(0, Math.min(text.length(), 100)))
                        .orElse(""));
    }

    static AgentProtocol told(HttpHeaders headers) {
        return told(headers.firstValue(NUMBER), headers.firstValue(VERSION));
    }

    /** Headers that say it. */
    public Map<String, String> headers() {
        return Map.of(NUMBER, String.valueOf(number), VERSION, version);
    }

    /** Why a server of this DagShell hands no runs to such an agent: it "is of an older DagShell", say. */
    public Optional<String> whyNotServed() {
        if (number < OLDEST_AGENT) {
            return Optional.of("is of an older DagShell than the server");
        }
        return number > SPOKEN ? Optional.of("is of a newer DagShell than the server") : Optional.empty();
    }

    /** What an agent that is handed no runs is told; it is the one that speaks so. */
    public String refusal(String agent, String why) {
        return "Agent " + agent + " (" + this + ") " + why + " (" + here() + "), which hands it no runs: "
                + (number > SPOKEN
                        ? "upgrade the server first, or start the agent of the server's DagShell."
                        : "end it and start the agent of the server's DagShell.")
                + " Runs that it has go on.";
    }

    /** What an agent of this DagShell says of a server that speaks so, if it takes no runs of it. */
    public Optional<String> whyNotAsked(String server) {
        return number >= SPOKEN
                ? Optional.empty()
                : Optional.of(
                        "The server at " + server + " (" + this + ") is of an older DagShell than this agent (" + here()
                                + "), which takes no runs of it: upgrade the server first, or start the agent of the server's"
                                + " DagShell. Runs that are under way here go on.");
    }

    @Override
    public String toString() {
        return (version.isEmpty() ? "DagShell" : "DagShell " + version) + ", agent protocol "
                + (number == 0 ? "none" : String.valueOf(number));
    }
}
