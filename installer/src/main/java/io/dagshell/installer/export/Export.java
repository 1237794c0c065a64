package io.dagshell.installer.export;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** One kind of scheduler. */
interface Export {

    /** Its files by name. */
    SortedMap<String, String> files(ExportedFlow flow);

    /** What a person does next, a line each. */
    List<String> next(ExportedFlow flow, Path folder);
}
