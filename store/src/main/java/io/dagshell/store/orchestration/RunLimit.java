package io.dagshell.store.orchestration;

import java.util.List;

/**
 * How many runs of all deployments with a tag may go on at once.
 *
 * @param active runs that are claimed and not over
 * @param waiting runs that are due and not claimed
 * @param deployments that have the tag
 */
public record RunLimit(String tag, int concurrency, int active, int waiting, List<DeploymentName> deployments) {
    private static final int LONGEST = 100;
    private static final int MOST = 999_999;

    public RunLimit {
        deployments = List.copyOf(deployments);
    }

    static void check(String tag, int concurrency) {
        if (tag.isBlank()
                || tag.length() > LONGEST
                || !tag.strip().equals(tag)
                || tag.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.invalid("'" + tag + "' is no tag: one has 1 to " + LONGEST
                    + " characters, none of them a control character, and no blank at either end.");
        }
        if (concurrency < 1 || concurrency > MOST) {
            throw RefusedException.invalid("The limit of a tag is 1 to " + MOST + " runs at once, not " + concurrency
                    + "; to start none pause the deployments or their queue.");
        }
    }
}
