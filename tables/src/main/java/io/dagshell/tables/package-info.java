/**
 * Everything that knows Tablesaw. Addresses of csv files enter and leave as tables, whole or in chunks; tables enter and
 * leave as digests, as stored form and as previews. {@link io.dagshell.tables.Tables} is the front door.
 */
@NullMarked
package io.dagshell.tables;

import org.jspecify.annotations.NullMarked;
