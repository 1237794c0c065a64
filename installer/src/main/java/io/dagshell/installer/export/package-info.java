/**
 * Deployments for other schedulers: a {@link io.dagshell.installer.export.ExportedFlow} enters, the text of their files
 * leaves. All of them call the same jar, {@code deployment bundle}'s.
 */
@NullMarked
package io.dagshell.installer.export;

import org.jspecify.annotations.NullMarked;
