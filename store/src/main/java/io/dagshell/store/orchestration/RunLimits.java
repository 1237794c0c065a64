package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The limits of tags, over all deployments. Thread-safe. */
public final class RunLimits {
    private static final String SET = """
            insert into tag_limits (tag, concurrency, created_at) values (:tag, :concurrency, :now)
            on conflict (tag) do update set concurrency = excluded.concurrency""";
    private static final String WAITING = """
            select deployment, count(*) as runs from flow_runs where phase = 0 and due <= :now group by deployment""";

    private final Transactions transactions;
    private final Clock clock;

    RunLimits(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All, by tag. */
    public List<RunLimit> list() {
        return transactions.read(handle -> {
            TagUse use = TagUse.of(handle);
            Map<String, Integer> waiting =
                    TagUse.counts(handle.createQuery(WAITING).bind("now", Micros.of(clock.instant())));
            return use.limits().entrySet().stream()
                    .map(each -> new RunLimit(
                            each.getKey(),
                            each.getValue(),
                            use.active(each.getKey()),
                            use.deployments(each.getKey()).stream()
                                    .mapToInt(name -> waiting.getOrDefault(name, 0))
                                    .sum(),
                            use.deployments(each.getKey()).stream()
                                    .map(DeploymentName::new)
                                    .toList()))
                    .toList();
        });
    }

    /** Runs that go on stay, also where the limit is less than there are. */
    public void set(String tag, int concurrency) {
        RunLimit.check(tag, concurrency);
        transactions.write(handle -> handle.createUpdate(SET)
                .bind("tag", tag)
                .bind("concurrency", concurrency)
                .bind("now", Micros.of(clock.instant()))
                .execute());
    }

    /** @throws RefusedException there is none */
    public void remove(String tag) {
        int removed = transactions.write(handle -> delete(handle, tag));
        if (removed == 0) {
            throw RefusedException.unknown("There is no limit of a tag '" + tag + "'.");
        }
    }

    private static int delete(Handle handle, String tag) {
        return handle.createUpdate("delete from tag_limits where tag = :tag")
                .bind("tag", tag)
                .execute();
    }
}
