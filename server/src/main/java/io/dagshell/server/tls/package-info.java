/**
 * What a server proves itself with: a certificate and its key, as files, enter; a connector that speaks TLS leaves, and
 * follows the files when they are renewed.
 */
@NullMarked
package io.dagshell.server.tls;

import org.jspecify.annotations.NullMarked;
