package io.dagshell.store.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What lets a program in. The token itself is shown once, where it is made, and kept nowhere.
 *
 * @param id tells it from others that had its name
 * @param createdBy who made it
 * @param expiresAt from when on it lets nobody in; empty for never
 * @param revokedAt when somebody took it back
 * @param seenAt when it was last used, to the minute
 */
public record AccessToken(
        String id,
        String name,
        Role role,
        String createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> seenAt) {

    /** What has become of one. */
    public enum State {
        LIVE,
        EXPIRED,
        REVOKED
    }

    /** A new one that does not expire. */
    public static AccessToken of(String name, Role role, String createdBy, Instant now) {
        return new AccessToken(
                UUID.randomUUID().toString(),
                name,
                role,
                createdBy,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, but until then. */
    public AccessToken expiring(Instant moment) {
        return new AccessToken(id, name, role, createdBy, createdAt, Optional.of(moment), revokedAt, seenAt);
    }

    /** Whether it lets in. */
    public State state(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.LIVE;
    }
}
