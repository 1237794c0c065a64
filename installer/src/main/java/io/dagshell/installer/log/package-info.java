/** What a server or an agent logs, as lines that programs read. */
@NullMarked
package io.dagshell.installer.log;

import org.jspecify.annotations.NullMarked;
