package io.dagshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationTest {
    private static final JavaAssist ASSIST = new JavaAssist();
    private static final JavaScope EMPTY = new JavaScope(List.of(), List.of(), List.of());

    private static Continuation of(String java) {
        return ASSIST.continuation(EMPTY, java);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 + 1",
                "int x = 3",
                "int x = 3;",
                "foo(1, 2)",
                "import java.util.*;",
                "import java.util.List",
                "if (x) foo();",
                "if (x) { a(); } else { b(); }",
                "int[] a = {1, 2};\na.length",
                "try { a(); } catch (Exception e) { b(); }\nc()",
                "public static final int K = 3;",
                "record Trip(int n) { Trip { if (n < 0) throw new IllegalArgumentException(); } }",
                "int f(int x) { return x; }\nf(1)",
                "// only a comment",
                "var s = \"\"\"\n  text\n  \"\"\";",
                "x -> x + 1",
                "switch (x) { case 1 -> a(); default -> b(); }",
                "String s = switch (x) { case 1 -> \"a\"; default -> \"b\"; };",
                "for (int i = 0; i < 3; i++) a(i);",
                "@Deprecated class A {}",
                "<T> T id(T t) { return t; }",
                "list.forEach(each -> { a(each); });",
                "return",
                "'}'",
            })
    void whole_text_is_complete(String java) {
        assertEquals(new Continuation.None(), of(java));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f(int x) {",
                "foo(1,",
                "int x =",
                "class A",
                "class A {\n    int x;",
                "void f()",
                "if (x)",
                "if (x) a(); else",
                "for (int i = 0; i < 3; i++)",
                "try { a(); }",
                "/* a comment",
                "var s = \"\"\"\n  text",
                "foo.",
                "a +",
                "do { a(); }",
                "@Override",
                "x ->",
                "import",
                "new int[] {1,",
                "switch (x) { case 1 ->",
            })
    void unfinished_text_needs_more(String java) {
        assertEquals(Continuation.Needed.class, of(java).getClass());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int 1x = 3;",
                "foo)",
                "}",
                "int x = 3 4;",
                "class 1A {}",
                "else { a(); }",
                "foo(1 2",
                "int f( { 1x",
                "String s = \"abc",
                "import 1a;",
                "int x = 3;; int 2y = 4;\nfoo()",
            })
    void text_that_nothing_mends_is_invalid(String java) {
        assertEquals(Continuation.Hopeless.class, of(java).getClass());
    }

    @ParameterizedTest
    @ValueSource(strings = {"int f(int x) {", "class A {\n    void f() {", "foo(1,", "if (x)", "    if (x)"})
    void the_next_line_is_indented_by_what_is_open(String java) {
        String last = java.substring(java.lastIndexOf('\n') + 1);
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        assertEquals(new Continuation.Needed(indent + "    "), of(java));
    }
}
