package io.dagshell.blocks.cloud;

import java.util.Optional;

/**
 * Who calls Google Cloud, and where it is.
 *
 * @param serviceAccount JSON of a service account's key; empty: the environment's own (application default) credentials, or
 *     none at all where {@code endpoint} names another server than Google's
 * @param project who pays; empty: that of the credentials
 * @param endpoint address of another server, such as an emulator
 */
public record GoogleAccess(Optional<String> serviceAccount, Optional<String> project, Optional<String> endpoint) {
    @Override
    public String toString() {
        return "GoogleAccess[" + project.orElse("project of the credentials")
                + endpoint.map(at -> " at " + at).orElse("") + "]";
    }
}
