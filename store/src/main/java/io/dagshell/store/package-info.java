/**
 * State on this machine: events of runs enter through {@link io.dagshell.store.RunStore}, records of runs leave through
 * {@link io.dagshell.store.RunHistory}; settings of blocks come from {@link io.dagshell.store.LocalBlocks} and {@link
 * io.dagshell.store.EnvironmentBlocks}.
 */
@NullMarked
package io.dagshell.store;

import org.jspecify.annotations.NullMarked;
