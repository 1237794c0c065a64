package io.dagshell.kernel.dependency;

import io.dagshell.kernel.dependency.Libraries.Added;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.Library;
import io.dagshell.kernel.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Libraries in a session: {@code %maven}, {@code %mavenRepo}, {@code %loadFromPOM}, {@code %classpath}, {@code //DEPS} and
 * {@code //REPOS}. All that a cell declares is there before any of that cell is compiled. One session each.
 */
public final class DependencyExtension implements KernelExtension {
    private static final List<String> LINES = List.of("mavenRepo", "loadFromPOM", "classpath", "jars");

    private final Libraries libraries;
    private @Nullable SessionContext session;

    public DependencyExtension(Libraries libraries) {
        this.libraries = libraries;
    }

    @Override
    public void opened(SessionContext context) {
        session = context;
    }

    @Override
    public Optional<Preparation> prepare(CellRequest cell) {
        if (!mayDeclare(cell.text())) {
            return Optional.empty();
        }
        CellStatements statements = CellStatements.of(cell.text());
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Preparation(() -> load(statements), statements.remaining()));
    }

    /** Most cells declare nothing: they are not read line by line. */
    private static boolean mayDeclare(String text) {
        return text.contains("%") || text.contains("//DEPS") || text.contains("//REPOS");
    }

    private @Nullable Object load(CellStatements statements) throws Exception {
        SessionContext context = session();
        try (DownloadDisplay display = new DownloadDisplay(context.output())) {
            Added added = resolve(statements, display);
            context.addLibraries(added.libraries());
            display.done(told(statements, added), added.notes());
        }
        return null;
    }

    /** On a thread of its own, for downloads do not heed an interrupt: the cell ends at once, they soon after. */
    private Added resolve(CellStatements statements, DownloadDisplay display) throws Exception {
        FutureTask<Added> work = new FutureTask<>(() -> libraries.add(statements, display));
        Thread thread = new Thread(work, "resolve-libraries");
        thread.setDaemon(true);
        thread.setContextClassLoader(DependencyExtension.class.getClassLoader());
        thread.start();
        try {
            return work.get();
        } catch (InterruptedException interrupted) {
            display.cancel();
            throw interrupted;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private SessionContext session() {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        return context;
    }

    private static String told(CellStatements statements, Added added) {
        List<String> asked = new ArrayList<>();
        for (Statement statement : statements.statements()) {
            if (statement instanceof Statement.Jar jar) {
                asked.add(jar.coordinate().toString());
            } else if (statement instanceof Statement.Bom bom) {
                asked.add("BOM " + bom.coordinate());
            } else if (statement instanceof Statement.ClassPath path) {
                asked.add(path.path());
            } else if (statement instanceof Statement.Pom pom) {
                asked.add(pom.file().orElse("pom"));
            } else if (statement instanceof Statement.Repository repository) {
                asked.add("repository " + repository.url());
            }
        }
        String names = String.join(", ", asked);
        int count = added.libraries().size();
        if (count == 0) {
            return names + ": nothing to add, all of it is loaded";
        }
        return names + ": " + count + (count == 1 ? " jar" : " jars");
    }

    /** {@code %maven} alone lists what is loaded; the others have done their work before the cell was compiled. */
    @Override
    public Map<String, LineMagic> lineMagics() {
        Map<String, LineMagic> magics =
                LINES.stream().collect(Collectors.toMap(name -> name, name -> arguments -> Optional.empty()));
        magics.put("maven", arguments -> arguments.isBlank() ? Optional.of(list()) : Optional.empty());
        return magics;
    }

    @Override
    public Map<String, String> magicHelp() {
        return Map.of(
                "%maven",
                "%maven group:artifact:version…\n\nLoads a library with all it needs, before the cell is compiled; alone it"
                        + " lists what is loaded. %maven bom group:artifact:version pins versions.",
                "%mavenRepo",
                "%mavenRepo id url\n\nAdds a repository.",
                "%loadFromPOM",
                "%loadFromPOM pom.xml\n\nLoads what a pom depends on.",
                "%%loadFromPOM",
                "%%loadFromPOM\nXML\n\nLoads the dependencies written below it as in a pom.",
                "%classpath",
                "%classpath path\n\nAdds a jar, a folder of classes or a folder's *.jar.",
                "%jars",
                "%jars path\n\nAs %classpath.");
    }

    private String list() {
        List<Library> all = libraries.all();
        if (all.isEmpty()) {
            return "no libraries are loaded; write %maven group:artifact:version";
        }
        return all.stream()
                .map(library -> library.coordinate().isEmpty() ? library.path().toString() : library.coordinate())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public List<Suggestion> complete(String text, int offset) {
        return CoordinateCompletion.at(text, offset, libraries::local);
    }

    @Override
    public Map<String, CellMagic> cellMagics() {
        return Map.of("loadFromPOM", (arguments, body) -> Optional.empty());
    }
}
