package io.dagshell.server.web;

import io.dagshell.server.access.AccessRules;
import io.dagshell.server.access.Actor;

/** What templates show to whom: only what the one who asks may use. Stateless. */
public final class May {
    private May() {}

    /** Whether they may look at the page of that route. */
    public static boolean get(String route) {
        return may("GET", route);
    }

    /** Whether they may do what a form of that route does. */
    public static boolean post(String route) {
        return may("POST", route);
    }

    private static boolean may(String method, String route) {
        return Actor.answered()
                .may(AccessRules.find(method, route)
                        .orElseThrow(
                                () -> new IllegalArgumentException("No rule says who may " + method + " " + route)));
    }
}
