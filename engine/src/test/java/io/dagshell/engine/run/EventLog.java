package io.dagshell.engine.run;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the events of runs, for tests to ask. */
final class EventLog implements RunSink {
    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public synchronized void accept(RunEvent event) {
        events.add(event);
    }

    synchronized List<RunEvent> all() {
        return List.copyOf(events);
    }

    <E extends RunEvent> List<E> of(Class<E> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only event of that type. */
    <E extends RunEvent> E one(Class<E> type) {
        List<E> found = of(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " in " + all());
        }
        return found.get(0);
    }

    List<String> paths() {
        return of(TaskCreated.class).stream()
                .map(created -> created.path().value())
                .toList();
    }

    TaskCreated created(String path) {
        return of(TaskCreated.class).stream()
                .filter(created -> created.path().value().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call " + path + " among " + paths()));
    }

    /** States of the first call at that path, Pending first. */
    List<State> states(String path) {
        int ordinal = created(path).ordinal();
        return Stream.concat(
                        Stream.of(State.PENDING),
                        of(TaskStateChanged.class).stream()
                                .filter(change -> change.ordinal() == ordinal)
                                .map(TaskStateChanged::state))
                .toList();
    }
}
