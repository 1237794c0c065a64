package io.dagshell.store;

import io.dagshell.engine.view.MimeBundle;

/** Something a call showed, kept with its run; of one name the latest. */
public record ArtifactRecord(int ordinal, String name, String kind, MimeBundle content) {}
