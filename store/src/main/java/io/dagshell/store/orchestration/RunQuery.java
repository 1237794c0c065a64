package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs are wanted: those of deployments, planned ones too, and those made in notebooks or on the command line. A
 * run's time is its due instant, or its start if nobody planned it.
 *
 * @param states any of these; empty for all
 * @param from the earliest time
 * @param to the time before which
 * @param text in id, flow, deployment, title, source, origin, parameters or message, whatever its case
 * @param after the place behind which to go on
 */
public record RunQuery(
        Set<State> states,
        Optional<TaskName> flow,
        Optional<DeploymentName> deployment,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text,
        Optional<Place> after,
        int limit) {
    public RunQuery {
        states = Set.copyOf(states);
        limit = Math.min(Math.max(limit, 1), 1_000);
    }

    /** A place in the list, newest first: what a page ended with. */
    public record Place(Instant at, RunId id) {
        /** For an address: {@link #parse} reads it. */
        @Override
        public String toString() {
            return at + "_" + id;
        }

        /** @throws RefusedException it is none */
        public static Place parse(String text) {
            String[] parts = text.split("_", 2);
            try {
                return new Place(Instant.parse(parts[0]), RunId.parse(parts[parts.length - 1]));
            } catch (RuntimeException wrong) {
                throw RefusedException.invalid("'" + text + "' is no place in a list of runs.");
            }
        }
    }

    /** The latest. */
    public static RunQuery latest(int limit) {
        return new RunQuery(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    public RunQuery withStates(Collection<State> wanted) {
        EnumSet<State> some = EnumSet.noneOf(State.class);
        some.addAll(wanted);
        return new RunQuery(some, flow, deployment, from, to, text, after, limit);
    }

    public RunQuery withFlow(TaskName wanted) {
        return new RunQuery(states, Optional.of(wanted), deployment, from, to, text, after, limit);
    }

    public RunQuery withDeployment(DeploymentName wanted) {
        return new RunQuery(states, flow, Optional.of(wanted), from, to, text, after, limit);
    }

    public RunQuery between(Instant earliest, Instant before) {
        return new RunQuery(states, flow, deployment, Optional.of(earliest), Optional.of(before), text, after, limit);
    }

    public RunQuery since(Instant earliest) {
        return new RunQuery(states, flow, deployment, Optional.of(earliest), to, text, after, limit);
    }

    public RunQuery withText(String wanted) {
        return new RunQuery(states, flow, deployment, from, to, Optional.of(wanted), after, limit);
    }

    public RunQuery from(Place place) {
        return new RunQuery(states, flow, deployment, from, to, text, Optional.of(place), limit);
    }

    RunQuery plain(Optional<Place> place, int most) {
        return new RunQuery(states, flow, deployment, from, to, Optional.empty(), place, most);
    }
}
