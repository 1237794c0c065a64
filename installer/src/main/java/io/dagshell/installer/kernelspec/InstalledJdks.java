package io.dagshell.installer.kernelspec;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Java development kits of this machine, for who starts processes on one of them. */
public final class InstalledJdks {
    private InstalledJdks() {}

    /** The {@code java} of each feature release. */
    public static SortedMap<Integer, Path> javas() {
        SortedMap<Integer, Path> javas = new TreeMap<>();
        JdkSearch.ofMachine().byFeature().forEach((feature, jdk) -> javas.put(feature, jdk.java()));
        return javas;
    }
}
