package io.dagshell.blocks.brokenwall;

/** Stands for any class of its room. */
public final class Bait {
    private Bait() {}
}
