/**
 * {@code deployment.yaml} as people write it: text enters; values as they stand, each with its line, and edits that leave
 * every other line alone come out. The one reader of YAML, for whoever builds, applies, edits or runs a deployment.
 */
@NullMarked
package io.dagshell.engine.yaml;

import org.jspecify.annotations.NullMarked;
