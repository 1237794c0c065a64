package io.dagshell.store.access;

import java.util.List;
import java.util.Optional;

/**
 * Lines of the audit log.
 *
 * @param next where the lines behind these begin; empty if there are none
 */
public record AuditPage(List<AuditEntry> entries, Optional<AuditQuery.Place> next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
