/** Looks that are done again and again beside the server's work: what is looked for enters, nothing leaves. */
@org.jspecify.annotations.NullMarked
package io.dagshell.server.watch;
