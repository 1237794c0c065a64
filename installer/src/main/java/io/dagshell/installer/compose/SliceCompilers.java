package io.dagshell.installer.compose;

import io.dagshell.magics.DefaultImports;
import io.dagshell.magics.NotebookDefinitions;
import io.dagshell.magics.display.DagPicture;
import io.dagshell.magics.slice.SliceCompiler;

/** The compiler of flows, as every command uses it. */
public final class SliceCompilers {

    private SliceCompilers() {}

    public static SliceCompiler create() {
        return new SliceCompiler(new SliceCompiler.Settings(
                DefaultImports.LIST,
                UserApi.classPath(),
                UserApi.loader(),
                new NotebookDefinitions(UserApi.classPath()),
                DagPicture::svg));
    }
}
