package io.dagshell.kernel.assist;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about Java text that is being typed.
 *
 * <pre>{@code
 * JavaAssist assist = new JavaAssist();
 * assist.complete(new JavaScope(List.of("import java.util.*;"), List.of(), List.of()), "new ArrayL", 10);
 * }</pre>
 *
 * <p>Thread-safe, one question at a time: its compiler is guarded by itself.
 */
public final class JavaAssist {
    private @Nullable Workshop workshop;

    /** What stays between questions while the class path is the same. */
    private record Workshop(
            List<String> classPath,
            CompilerPool compilers,
            PieceKinds kinds,
            ClassIndex index,
            SourceArchives sources) {
        static Workshop of(List<String> classPath) {
            CompilerPool compilers = new CompilerPool(classPath);
            return new Workshop(
                    classPath,
                    compilers,
                    new PieceKinds(compilers),
                    ClassIndex.of(classPath),
                    new SourceArchives(classPath));
        }
    }

    private Workshop workshop(List<String> classPath) {
        Workshop present = workshop;
        if (present == null || !present.classPath().equals(classPath)) {
            present = Workshop.of(classPath);
            workshop = present;
        }
        return present;
    }

    /** Waits until classes nobody imported are known too; without it they appear once they are. */
    synchronized void awaitIndex(JavaScope scope) {
        workshop(scope.classPath()).index().await();
    }

    /** What may stand at the cursor, an offset in {@code java}. */
    public synchronized Candidates complete(JavaScope scope, String java, int cursor) {
        Cursor at = Cursor.of(java, cursor);
        if (at.lexing().mode() == Lexing.Mode.STRING) {
            return FilePaths.complete(java.substring(at.lexing().modeStart() + 1, cursor), cursor, Path.of(""));
        }
        if (!at.lexing().inCode() || at.isNumber()) {
            return Candidates.none(cursor);
        }
        Workshop present = workshop(scope.classPath());
        Proposals proposals = new Proposals(at.prefix());
        if (at.piece().startsWith("import ")) {
            imports(present, at.piece(), proposals);
        } else {
            code(scope, present, at, proposals);
        }
        return new Candidates(at.start(), proposals.sorted());
    }

    /**
     * What the name at the cursor is, or the method whose arguments the cursor is in.
     *
     * @param documented with the documentation of its author, which may have to be read from an archive
     */
    public synchronized Optional<Found> inspect(JavaScope scope, String java, int cursor, boolean documented) {
        Optional<NameAt> name = NameAt.of(java, cursor);
        return name.flatMap(each -> inspect(scope, each, documented))
                .or(() -> name.flatMap(NameAt::asValue).flatMap(each -> inspect(scope, each, documented)));
    }

    private Optional<Found> inspect(JavaScope scope, NameAt name, boolean documented) {
        Workshop present = workshop(scope.classPath());
        JavaScope needed = NeededScope.of(scope, name.closed(), present.index());
        SessionText session = SessionText.of(needed, present.kinds());
        CellUnit unit = CellUnit.of(session, name.closed(), name.start(), present.kinds());
        return present.compilers().with(unit.java(), Analysis.OPTIONS, problem -> {}, task -> {
            Analysis analysis = Analysis.of(task);
            Inspection inspection = new Inspection(analysis, name.name());
            return analysis.nameAt(unit.offset())
                    .flatMap(inspection::at)
                    .map(seen -> found(present, analysis, inspection, seen, documented));
        });
    }

    private static Found found(
            Workshop present, Analysis analysis, Inspection inspection, Inspection.Seen seen, boolean documented) {
        Element element = seen.element();
        String module = inspection.module(element);
        Documentation documentation = seen.own();
        if (documented && documentation.isEmpty()) {
            documentation = documentation(present, analysis, element, module);
        }
        String link = DocumentationLink.of(element, module, analysis.types());
        return new Found(element.getSimpleName().toString(), seen.face(), documentation, link, seen.variable());
    }

    /** From the sources, or from what was made of them. */
    private static Documentation documentation(Workshop present, Analysis analysis, Element element, String module) {
        Optional<Documentation> written = present.sources()
                .source(module, Inspection.topLevel(element).toString())
                .map(source -> new DocumentedSource(present.compilers()).of(source, element));
        if (written.isPresent() || !module.isEmpty()) {
            return written.orElse(Documentation.NONE);
        }
        String anchor = DocumentationLink.anchor(element, analysis.types());
        return present.sources()
                .page(DocumentationLink.pageOf(element))
                .map(JavadocPage::new)
                .map(page -> anchor.isEmpty() ? page.ofClass() : page.ofMember(anchor))
                .orElse(Documentation.NONE);
    }

    /** Whether the text can be run as it stands. */
    public synchronized Continuation continuation(JavaScope scope, String java) {
        return new Whole(workshop(scope.classPath()).compilers()).of(java);
    }

    private static void imports(Workshop present, String piece, Proposals proposals) {
        boolean ofMembers = piece.startsWith("import static ");
        String typed = piece.substring(ofMembers ? "import static ".length() : "import ".length());
        String owner = typed.endsWith(".") ? typed.substring(0, typed.length() - 1) : "";
        String unit = ofMembers && !owner.isEmpty()
                ? "class $Cell { Object $ = " + owner + "." + Cursor.MARK + "; }"
                : "class $Cell {}";
        present.compilers().with(unit, Analysis.OPTIONS, problem -> {}, task -> {
            Analysis analysis = Analysis.of(task);
            Members members = new Members(analysis, present.index(), proposals, null);
            analysis.nameAt(unit.indexOf(Cursor.MARK))
                    .map(JavaAssist::receiver)
                    .ifPresentOrElse(receiver -> members.of(receiver, false), () -> members.ofPackage(owner));
            return analysis;
        });
    }

    private static void code(JavaScope scope, Workshop present, Cursor at, Proposals proposals) {
        JavaScope needed = at.isMember() ? NeededScope.of(scope, at.java(), present.index()) : scope;
        SessionText session = SessionText.of(needed, present.kinds());
        for (String mark : List.of(Cursor.MARK, Cursor.HARMLESS)) {
            CellUnit unit = CellUnit.of(session, at.marked(mark), at.unitOffset(), present.kinds());
            boolean understood = present.compilers().with(unit.java(), Analysis.OPTIONS, problem -> {}, task -> {
                Analysis analysis = Analysis.of(task);
                Optional<TreePath> path = analysis.nameAt(unit.offset());
                return path.isPresent() && propose(analysis, present, at, path.get(), proposals);
            });
            if (understood) {
                return;
            }
        }
    }

    /** Whether the place was understood, be there proposals or not. */
    private static boolean propose(Analysis analysis, Workshop present, Cursor at, TreePath path, Proposals proposals) {
        TypeMirror expected = Expected.at(analysis, Expected.value(path));
        TreePath receiver = receiver(path);
        if (receiver != null) {
            return new Members(analysis, present.index(), proposals, expected).of(receiver, at.isReference());
        }
        new Names(analysis, present.index(), proposals, expected).at(path, at.wantsType());
        return true;
    }

    private static @Nullable TreePath receiver(TreePath path) {
        return path.getLeaf() instanceof MemberSelectTree select ? new TreePath(path, select.getExpression()) : null;
    }
}
