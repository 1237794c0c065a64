/**
 * Who may use a server: users and their sessions, tokens of programs, and the log of who did what. Names and digests enter;
 * rows that say what somebody may do leave. Passwords, tokens and cookies are never here, only what follows from them.
 */
@NullMarked
package io.dagshell.store.access;

import org.jspecify.annotations.NullMarked;
