/** The composition root: where state is enters, sessions and compilers that are put together from all rooms leave. */
@NullMarked
package io.dagshell.installer.compose;

import org.jspecify.annotations.NullMarked;
