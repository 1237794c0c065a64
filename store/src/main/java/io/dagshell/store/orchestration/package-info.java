/**
 * Deployments, their schedules and the runs to be made: deployments and orders enter, agents are handed what they may
 * run, and the dashboard reads what is planned, going on and over. {@link
 * io.dagshell.store.orchestration.Orchestration} is the front door; methods throw {@link
 * io.dagshell.store.orchestration.RefusedException} for what a caller did wrong and {@link
 * io.dagshell.store.StoreException} when the database does not answer.
 */
@NullMarked
package io.dagshell.store.orchestration;

import org.jspecify.annotations.NullMarked;
