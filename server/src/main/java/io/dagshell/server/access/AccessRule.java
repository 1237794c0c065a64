package io.dagshell.server.access;

import io.dagshell.store.access.Role;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may use a route, and what it is called in the audit log.
 *
 * @param method of HTTP
 * @param path as it was added, with its places in braces
 * @param who whose it is
 * @param action such as {@code run.cancel}; empty if it changes nothing worth a line
 * @param object name of the place, parameter or field that says what it is done to; empty if there is none
 */
public record AccessRule(String method, String path, Who who, String action, String object) {

    /** Whose a route is. */
    public enum Who {
        /** Everybody, without a word of who they are. */
        ANYONE(Role.values()),
        /** People who logged in, whatever their role, and whoever has the server's token. */
        SELF(Role.ADMIN),
        /** Who may look. */
        SEE(Role.VIEWER, Role.OPERATOR, Role.ADMIN),
        /** Who may look, and agents, which need it for their runs. */
        FETCH(Role.VIEWER, Role.OPERATOR, Role.ADMIN, Role.AGENT),
        OPERATE(Role.OPERATOR, Role.ADMIN),
        ADMINISTER(Role.ADMIN),
        /** Agents. */
        SERVE(Role.AGENT, Role.ADMIN);

        private final Set<Role> roles;

        Who(Role... roles) {
            this.roles = Set.of(roles);
        }
    }

    /** Roles that may use it. */
    public Set<Role> roles() {
        return who.roles;
    }

    boolean isForUsers() {
        return who == Who.SELF || who == Who.ANYONE;
    }

    boolean isForAnyone() {
        return who == Who.ANYONE;
    }

    /** Whether it is written down when it is done. */
    public boolean isAudited() {
        return !action.isEmpty();
    }

    /** The roles in words: {@code operator or admin}. */
    public String words() {
        return roles().stream().sorted().map(Role::word).collect(Collectors.joining(" or "));
    }

    static AccessRule parse(String line) {
        String[] words = line.strip().split(" +");
        return new AccessRule(
                words[1],
                words[2],
                Who.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words.length > 3 ? words[3] : "",
                words.length > 4 ? words[4] : "");
    }
}
