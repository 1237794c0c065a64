package io.dagshell.kernel.assist;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** A unit javac attributed as far as its errors let it. Valid only inside the question it was made for. */
record Analysis(JavacTask task, CompilationUnitTree unit, Trees trees) {
    /** Goes on after syntax errors, and stops before flow analysis, which unfinished code cannot pass. */
    static final List<String> OPTIONS = List.of("-proc:none", "-Xlint:none", "--should-stop=at=ATTR");

    static Analysis of(JavacTask task) {
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            task.analyze();
            return new Analysis(task, unit, Trees.instance(task));
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be read", impossible);
        }
    }

    Elements elements() {
        return task.getElements();
    }

    Types types() {
        return task.getTypes();
    }

    /** The first tree that fits, broken code included. */
    Optional<TreePath> find(Predicate<Tree> fits) {
        return Optional.ofNullable(new Finder(fits).scan(unit, null));
    }

    /** The identifier or selection whose name begins at an offset. */
    Optional<TreePath> nameAt(int offset) {
        SourcePositions positions = trees.getSourcePositions();
        return find(tree -> {
            if (tree instanceof IdentifierTree) {
                return positions.getStartPosition(unit, tree) == offset;
            }
            if (tree instanceof MemberSelectTree select) {
                return positions.getEndPosition(unit, tree)
                                - select.getIdentifier().length()
                        == offset;
            }
            return tree instanceof MemberReferenceTree reference
                    && positions.getEndPosition(unit, tree)
                                    - reference.getName().length()
                            == offset;
        });
    }

    private static final class Finder extends TreePathScanner<@Nullable TreePath, @Nullable Void> {
        private final Predicate<Tree> fits;

        Finder(Predicate<Tree> fits) {
            this.fits = fits;
        }

        @Override
        public @Nullable TreePath scan(@Nullable Tree tree, @Nullable Void nothing) {
            if (tree != null && fits.test(tree)) {
                return new TreePath(getCurrentPath(), tree);
            }
            return super.scan(tree, nothing);
        }

        @Override
        public @Nullable TreePath visitErroneous(ErroneousTree broken, @Nullable Void nothing) {
            return scan(broken.getErrorTrees(), nothing);
        }

        @Override
        public @Nullable TreePath reduce(@Nullable TreePath first, @Nullable TreePath second) {
            return first == null ? second : first;
        }
    }
}
