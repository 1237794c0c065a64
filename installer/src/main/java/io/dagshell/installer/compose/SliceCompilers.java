package io.dagshell.installer.compose;

import io.dagshell.engine.picture.DagPicture;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.DefaultImports;
import io.dagshell.magics.NotebookDefinitions;
import io.dagshell.magics.slice.SliceCompiler;
import java.util.ArrayList;
import java.util.List;

/** The compiler of flows, as every command uses it. */
public final class SliceCompilers {

    private SliceCompilers() {}

    /** For a notebook that declares these libraries. */
    public static SliceCompiler create(List<Library> libraries) {
        List<String> classPath = new ArrayList<>(UserApi.classPath());
        libraries.forEach(library -> classPath.add(library.path().toString()));
        return new SliceCompiler(new SliceCompiler.Settings(
                DefaultImports.LIST,
                classPath,
                UserApi.loader(libraries),
                new NotebookDefinitions(classPath),
                DagPicture::svg));
    }
}
