/**
 * Help for Java that is still being typed: Java text and a cursor enter {@link io.dagshell.kernel.assist.JavaAssist},
 * candidates, documentation and completeness leave. It works on a copy of what the session declared, so it answers
 * while a cell runs and never touches JShell.
 */
@NullMarked
package io.dagshell.kernel.assist;

import org.jspecify.annotations.NullMarked;
