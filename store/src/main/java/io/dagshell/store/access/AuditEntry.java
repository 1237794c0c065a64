package io.dagshell.store.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Something that somebody did, or was refused. Never a secret, and no value of a parameter. */
public record AuditEntry(String id, Instant at, Who who, What what, Result result) {

    /**
     * Who did it.
     *
     * @param name of the user or token; of somebody who was not let in, what they called themselves
     * @param kind {@code user}, {@code token}, {@code server} for the server's own token, {@code nobody} for one who was
     *     not let in
     * @param role that they had
     * @param address of the machine the request came from
     * @param via {@code api} or {@code dashboard}
     */
    public record Who(String name, String kind, Optional<Role> role, String address, String via) {}

    /**
     * What was asked for.
     *
     * @param action such as {@code run.cancel}
     * @param object a name or an id; empty if there is none
     */
    public record What(String action, String object) {}

    /** How it ended. */
    public enum Outcome {
        DONE,
        /** It was not for them to do, or made no sense. */
        REFUSED,
        /** The server could not do it. */
        FAILED;

        /** How it is written: {@code done}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How it ended.
     *
     * @param status of HTTP
     * @param detail more to know, in a few words; often empty
     */
    public record Result(Outcome outcome, int status, String detail) {}

    /** A new one. */
    public static AuditEntry of(Instant at, Who who, What what, Result result) {
        return new AuditEntry(UUID.randomUUID().toString(), at, who, what, result);
    }
}
