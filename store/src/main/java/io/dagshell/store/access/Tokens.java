package io.dagshell.store.access;

import io.dagshell.store.Micros;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What lets programs in, by digest. Thread-safe. */
public final class Tokens {
    private final Transactions transactions;
    private final Clock clock;

    Tokens(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All, those that are over too, by name and the newest first. */
    public List<AccessToken> list() {
        return transactions.read(handle -> handle.createQuery("select * from tokens order by name, created_at desc")
                .map((row, context) -> token(row))
                .list());
    }

    /** The one of that digest, whatever has become of it. */
    public Optional<AccessToken> find(String digest) {
        return transactions.read(handle -> handle.createQuery("select * from tokens where digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> token(row))
                .findOne());
    }

    /**
     * Keeps a new one.
     *
     * @param digest SHA-256 of what lets in
     * @return as it is kept
     * @throws RefusedException the name is none or taken, or it would be over at once
     */
    public AccessToken create(AccessToken token, String digest) {
        String name = AccessNames.require(token.name());
        if (token.state(clock.instant()) != AccessToken.State.LIVE) {
            throw RefusedException.invalid("The token '" + name + "' would be expired from the beginning.");
        }
        return transactions.write(handle -> {
            if (isLive(handle, name)) {
                throw RefusedException.conflict("There is a token '" + name + "' already: revoke it first.");
            }
            if (Users.isThere(handle, name)) {
                throw RefusedException.conflict(
                        "A user is named '" + name + "', and in the audit log nobody could tell them apart.");
            }
            handle.createUpdate("insert into tokens (token_id, name, role, digest, created_by, created_at, expires_at)"
                            + " values (:id, :name, :role, :digest, :by, :at, :until)")
                    .bind("id", token.id())
                    .bind("name", name)
                    .bind("role", token.role().word())
                    .bind("digest", digest)
                    .bind("by", token.createdBy())
                    .bind("at", Micros.of(token.createdAt()))
                    .bind("until", token.expiresAt().map(Micros::of).orElse(null))
                    .execute();
            return live(handle, name).orElseThrow();
        });
    }

    /**
     * Takes back the one of that name, from the next request on.
     *
     * @throws RefusedException there is none that is not revoked
     */
    public AccessToken revoke(String name) {
        String kept = AccessNames.kept(name);
        return transactions.write(handle -> {
            AccessToken token = live(handle, kept)
                    .orElseThrow(() ->
                            RefusedException.unknown("There is no token '" + kept + "', or it was revoked already."));
            handle.createUpdate("update tokens set revoked_at = :now where token_id = :id")
                    .bind("now", Micros.of(clock.instant()))
                    .bind("id", token.id())
                    .execute();
            return token;
        });
    }

    /** It was used. */
    public void seen(AccessToken token, Instant now) {
        transactions.write(handle -> handle.createUpdate("update tokens set seen_at = :now where token_id = :id")
                .bind("now", Micros.of(now))
                .bind("id", token.id())
                .execute());
    }

    /** Forgets those that were over before {@code moment}; says how many. */
    public int deleteOverBefore(Instant moment) {
        return transactions.write(
                handle -> handle.createUpdate("delete from tokens where revoked_at < :moment or expires_at < :moment")
                        .bind("moment", Micros.of(moment))
                        .execute());
    }

    static boolean isLive(Handle handle, String name) {
        return live(handle, name).isPresent();
    }

    private static Optional<AccessToken> live(Handle handle, String name) {
        return handle.createQuery("select * from tokens where name = :name and revoked_at is null")
                .bind("name", name)
                .map((row, context) -> token(row))
                .findOne();
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getString("token_id"),
                row.getString("name"),
                Role.of(row.getString("role")),
                row.getString("created_by"),
                Micros.instant(row.getLong("created_at")),
                Users.moment(row, "expires_at"),
                Users.moment(row, "revoked_at"),
                Users.moment(row, "seen_at"));
    }
}
