/** Tells people what happened to runs: by mail, in a chat, to another program. */
@org.jspecify.annotations.NullMarked
package io.dagshell.server.alert;
