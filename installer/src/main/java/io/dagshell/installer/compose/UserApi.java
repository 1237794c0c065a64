package io.dagshell.installer.compose;

import io.dagshell.blocks.Blocks;
import io.dagshell.engine.loading.UserLoader;
import io.dagshell.engine.run.Engine;
import io.dagshell.installer.Distribution;
import io.dagshell.kernel.session.Library;
import io.dagshell.tables.Tables;
import it.unimi.dsi.fastutil.ints.IntList;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * What code of cells may see of the product: the API of engine, tables and blocks, Tablesaw, and the libraries whose
 * types Tablesaw's API shows. The same for the compiler (a class path) and for the running code (a loader).
 */
public final class UserApi {

    private UserApi() {}

    /** Jars or folders of classes, each once. */
    public static List<String> classPath() {
        return Stream.of(Engine.class, Tables.class, Blocks.class, tablesaw(), IntList.class, RoaringBitmap.class)
                .map(Distribution::placeOf)
                .map(Path::toString)
                .distinct()
                .toList();
    }

    /** A loader that a session gets for itself, since cells add jars to it. */
    public static UserLoader loader() {
        return loader(List.of());
    }

    /** A loader for a flow of a notebook that declares these libraries. */
    public static UserLoader loader(List<Library> libraries) {
        return new UserLoader(libraries.stream().map(Library::path).toList(), UserApi.class.getClassLoader());
    }

    /** Only tables and blocks know Tablesaw; here it is a jar. */
    private static Class<?> tablesaw() {
        try {
            return Class.forName("tech.tablesaw.api.Table", false, UserApi.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("the distribution has no Tablesaw", missing);
        }
    }
}
