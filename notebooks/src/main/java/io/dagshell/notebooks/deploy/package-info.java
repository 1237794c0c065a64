/**
 * The deployment folder of a flow. A notebook and its compiled slice enter; {@code deployment.yaml}, {@code flow.json},
 * {@code flow.jar}, {@code deps.lock} and the stripped notebook leave, equal bytes for equal notebooks.
 */
@NullMarked
package io.dagshell.notebooks.deploy;

import org.jspecify.annotations.NullMarked;
