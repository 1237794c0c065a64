/**
 * The dashboard: what a person sees of runs, flows, deployments and blocks, as pages that the server renders. The run
 * history enters; HTML leaves, and parts of pages that the browser asks for again while something goes on. Everything
 * recorded is text that others wrote: templates escape it, and what was made as HTML is shown in a sandbox of its own.
 */
@NullMarked
package io.dagshell.server.web;

import org.jspecify.annotations.NullMarked;
