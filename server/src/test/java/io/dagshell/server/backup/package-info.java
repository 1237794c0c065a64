@NullMarked
package io.dagshell.server.backup;

import org.jspecify.annotations.NullMarked;
