/**
 * What a server does with deployments, for programs and pages alike: folders enter and are checked, parameters become
 * typed, runs are ordered.
 */
@NullMarked
package io.dagshell.server.deploy;

import org.jspecify.annotations.NullMarked;
