package io.dagshell.magics.closure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.magics.closure.Attribution.Entry;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.source.CellPlace;
import io.dagshell.magics.source.Member;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Everything a task's code reaches in the notebook, each declaration digested with the outside symbols its names resolve
 * to: an edited import or a better overload changes meaning without changing the text.
 */
final class Closure {
    private static final Set<String> BLOCK_METHODS = Set.of("postgres", "gcs", "bigquery", "secret");
    private static final String BLOCKS = "io.dagshell.blocks.Blocks";

    private static final Set<ElementKind> LOCAL = Set.of(
            ElementKind.PARAMETER,
            ElementKind.LOCAL_VARIABLE,
            ElementKind.EXCEPTION_PARAMETER,
            ElementKind.RESOURCE_VARIABLE,
            ElementKind.BINDING_VARIABLE,
            ElementKind.TYPE_PARAMETER);

    private final Attribution attribution;
    private final Map<Entry, Reached> reached = new LinkedHashMap<>();
    private final SortedSet<String> blocks = new TreeSet<>();
    private final SortedSet<String> outside = new TreeSet<>();
    private final Set<Unrepeatable> unrepeatable = new LinkedHashSet<>();
    private final Deque<Entry> open = new ArrayDeque<>();

    /** A declaration and the outside symbols it uses. */
    private record Reached(Entry entry, SortedSet<String> symbols) {}

    private final Declared root;

    private Closure(Declared root, Attribution attribution) {
        this.root = root;
        this.attribution = attribution;
    }

    /**
     * The closure of a declaration.
     *
     * @throws io.dagshell.kernel.session.CellProblem it reads a notebook variable, or a task calls a task
     */
    static Closure of(Declared root, Attribution attribution) {
        Closure closure = new Closure(root, attribution);
        attribution.entry(root).ifPresent(closure::follow);
        closure.refuseCallsOfTasks();
        return closure;
    }

    private void follow(Entry start) {
        open.add(start);
        while (!open.isEmpty()) {
            reach(open.pop());
        }
    }

    private void reach(Entry entry) {
        if (reached.containsKey(entry)) {
            return;
        }
        SortedSet<String> symbols = new TreeSet<>();
        reached.put(entry, new Reached(entry, symbols));
        new References(entry, symbols).scan(entry.path(), null);
        if (entry.tree() instanceof ClassTree) {
            open.addAll(attribution.subtypes(entry));
        }
    }

    /** Names of blocks asked for by a literal name, sorted. */
    List<String> blocks() {
        return List.copyOf(blocks);
    }

    /** Calls that do not give the same again, in the order they were met. */
    List<Unrepeatable> unrepeatable() {
        return List.copyOf(unrepeatable);
    }

    CodeIdentity identity() {
        for (Entry entry : reached.keySet()) {
            Optional<String> unknown = unknown(entry);
            if (unknown.isPresent()) {
                return new CodeIdentity.Unknown(unknown.get());
            }
        }
        List<CodePart> parts = new ArrayList<>();
        reached.values().forEach(each -> parts.add(part(each)));
        parts.addAll(attribution.libraries.parts(outside));
        parts.sort(Comparator.comparing(CodePart::kind).thenComparing(CodePart::name));
        return new CodeIdentity.Known(parts);
    }

    private Optional<String> unknown(Entry entry) {
        if (attribution.isTwice(entry)) {
            return Optional.of(entry.name() + " is declared twice with the same parameters");
        }
        if (attribution.isBroken(entry)) {
            return Optional.of("a name in " + entry.name() + " cannot be resolved");
        }
        if (entry.declared().member().kind() == Member.Kind.FIELD) {
            return unknownConstant(entry);
        }
        // A run that is resumed goes on with what the first one read: an effect is not to be repeated for this.
        return !root.isCached()
                ? Optional.empty()
                : KeptState.in(entry, attribution)
                        .map(field ->
                                field + " is kept between calls and may change: make it final and of a fixed value,"
                                        + " or a parameter");
    }

    private Optional<String> unknownConstant(Entry constant) {
        if (!Constants.isPlain(constant, attribution)) {
            return Optional.of("the value of constant " + constant.name() + " cannot be told from its text");
        }
        // The session keeps the value it has, or loses it, when something it was made of is declared anew.
        Closure madeOf = new Closure(constant.declared(), attribution);
        madeOf.follow(constant);
        return madeOf.reached.keySet().stream()
                .filter(each -> each.declared().changed() > constant.declared().cell())
                .findFirst()
                .map(newer -> "constant " + constant.name() + " was made before " + newer.name()
                        + " changed: run its cell again");
    }

    private static CodePart part(Reached reached) {
        Declared declared = reached.entry().declared();
        MessageDigest digest = sha256();
        update(digest, reached.entry().code());
        reached.symbols().forEach(symbol -> update(digest, symbol.getBytes(StandardCharsets.UTF_8)));
        return new CodePart(
                word(declared, reached.entry().tree()),
                name(reached.entry()),
                HexFormat.of().formatHex(digest.digest()),
                OptionalInt.of(declared.cell()));
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String name(Entry entry) {
        boolean headed = entry.declared().headed().isPresent();
        String types = headed
                ? ""
                : entry.declared()
                        .member()
                        .method()
                        .map(face -> "(" + face.types() + ")")
                        .orElse("");
        return entry.name() + types;
    }

    private static String word(Declared declared, Tree tree) {
        if (declared.headed().isPresent()) {
            return declared.headed().get().header().kind().word();
        }
        return switch (tree.getKind()) {
            case RECORD -> "record";
            case ENUM -> "enum";
            case INTERFACE, ANNOTATION_TYPE -> "interface";
            case CLASS -> "class";
            case VARIABLE -> CodePart.CONSTANT;
            default -> "helper";
        };
    }

    private boolean isTask() {
        return root.headed()
                .filter(cell -> cell.header().kind() == CellKind.TASK)
                .isPresent();
    }

    private void refuseCallsOfTasks() {
        for (Entry entry : reached.keySet()) {
            Declared other = entry.declared();
            if (isTask() && other != root && other.headed().isPresent()) {
                throw CellPlace.of(root.cellText(), root.member().start())
                        .problem("task " + root.member().name() + " calls "
                                + other.headed().get().header().kind().word() + " "
                                + other.member().name()
                                + ", only a flow may: take its result as a parameter, or head this cell %%flow");
            }
        }
    }

    /** Follows the names in one declaration. */
    private final class References extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Entry from;
        private final SortedSet<String> symbols;

        References(Entry from, SortedSet<String> symbols) {
            this.from = from;
            this.symbols = symbols;
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void none) {
            follow(tree);
            return super.visitIdentifier(tree, none);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
            follow(tree);
            return super.visitMemberSelect(tree, none);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void none) {
            follow(tree);
            return super.visitMemberReference(tree, none);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void none) {
            follow(tree);
            return super.visitNewClass(tree, none);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
            Element called = attribution.trees.getElement(getCurrentPath());
            if (called != null
                    && BLOCK_METHODS.contains(called.getSimpleName().toString())
                    && called.getEnclosingElement() instanceof TypeElement type
                    && type.getQualifiedName().contentEquals(BLOCKS)
                    && tree.getArguments().size() == 1
                    && tree.getArguments().get(0) instanceof LiteralTree literal) {
                blocks.add(String.valueOf(literal.getValue()));
            }
            return super.visitMethodInvocation(tree, none);
        }

        private void follow(Tree tree) {
            Element element = attribution.trees.getElement(getCurrentPath());
            if (element == null || LOCAL.contains(element.getKind())) {
                return;
            }
            Optional<Entry> own = attribution.owner(element);
            if (own.isPresent()) {
                refuseVariable(tree, own.get());
                refuseSelf(tree, element);
                open.add(own.get());
                return;
            }
            Unrepeatable.named(element).ifPresent(call -> unrepeatable.add(at(tree, call)));
            outside(element).ifPresent(symbols::add);
        }

        private Unrepeatable at(Tree tree, String call) {
            int offset = from.inCell(attribution.positions.getStartPosition(attribution.unit, tree));
            CellPlace place = CellPlace.of(from.declared().cellText(), offset);
            return new Unrepeatable(call, from.declared().cell(), place.line());
        }

        private void refuseVariable(Tree tree, Entry target) {
            Member member = target.declared().member();
            if (member.kind() == Member.Kind.FIELD && !member.isConstant()) {
                String reader = from.declared()
                        .headed()
                        .map(each -> each.header().kind().word() + " ")
                        .orElse("");
                int offset = from.inCell(attribution.positions.getStartPosition(attribution.unit, tree));
                throw CellPlace.of(from.declared().cellText(), offset)
                        .problem(reader + from.declared().member().name() + " reads the notebook variable '"
                                + member.name() + "': make it a parameter, or a constant (static final)");
            }
        }

        /** Its own local and anonymous classes are no calls. */
        private void refuseSelf(Tree tree, Element element) {
            boolean self = attribution.isElementOf(element, root);
            if (isTask() && self) {
                int offset = from.inCell(attribution.positions.getStartPosition(attribution.unit, tree));
                throw CellPlace.of(from.declared().cellText(), offset)
                        .problem("task " + root.member().name()
                                + " calls itself: put what repeats into a helper method in a plain cell");
            }
        }

        private Optional<String> outside(Element element) {
            if (element instanceof TypeElement type) {
                outside.add(outermost(type));
                return Optional.of(type.getQualifiedName().toString());
            }
            boolean member = element instanceof ExecutableElement
                    || element.getKind() == ElementKind.FIELD
                    || element.getKind() == ElementKind.ENUM_CONSTANT;
            if (!member || !(element.getEnclosingElement() instanceof TypeElement owner)) {
                return Optional.empty();
            }
            outside.add(outermost(owner));
            return Optional.of(owner.getQualifiedName() + "#" + element.getSimpleName() + ":"
                    + attribution.types.erasure(element.asType()));
        }

        private static String outermost(TypeElement type) {
            Element at = type;
            while (at.getEnclosingElement() instanceof TypeElement around) {
                at = around;
            }
            return ((TypeElement) at).getQualifiedName().toString();
        }
    }
}
