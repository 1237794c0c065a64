package io.dagshell.store.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A person who may log in.
 *
 * @param name in small letters, by which they log in and are known in the audit log
 * @param active whether they may just now
 * @param passwordAt when the password was set
 * @param seenAt when they last logged in
 */
public record User(
        String name, Role role, boolean active, Instant createdAt, Instant passwordAt, Optional<Instant> seenAt) {}
