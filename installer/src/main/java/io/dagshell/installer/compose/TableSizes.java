package io.dagshell.installer.compose;

import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.tables.Descriptions;
import java.util.Optional;

/** What {@code %whos} and help say of a variable that holds a table. */
final class TableSizes implements KernelExtension {
    @Override
    public Optional<String> describe(Object value) {
        return Descriptions.of(value);
    }
}
