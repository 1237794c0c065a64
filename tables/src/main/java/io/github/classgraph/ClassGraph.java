package io.github.classgraph;

/**
 * Stands in for the library of this name, which is left out of the product: Tablesaw's {@code Table} starts by scanning the
 * whole class path with it, a third of a second and more, to find readers and writers of which it has four. This answers
 * with those four at once. See {@code docs/decisions/0003-tablesaw-without-a-class-path-scan.md}.
 */
public final class ClassGraph {

    public ClassGraph enableAllInfo() {
        return this;
    }

    @SuppressWarnings("unused") // the call Tablesaw makes
    public ClassGraph whitelistPackages(String... packages) {
        return this;
    }

    public ScanResult scan() {
        return new ScanResult();
    }
}
