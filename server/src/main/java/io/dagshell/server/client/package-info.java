/** The other side of {@code /api}: how commands and agents speak to a server. */
@NullMarked
package io.dagshell.server.client;

import org.jspecify.annotations.NullMarked;
