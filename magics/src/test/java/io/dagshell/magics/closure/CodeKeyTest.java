package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are the same code, and which are not. */
class CodeKeyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            return 16;                          | return 0x10;
            return 1000000;                     | return 1_000_000;
            return 1.0;                         | return 1e0;
            return 1.5f;                        | return 15e-1F;
            return 255L;                        | return 0xffl;
            return "a\\tb";                     | return "a\\u0009b";
            return 'A';                         | return '\\u0041';
            return n + 1;                       | return (n + (1));
            return n+1;                         | return   n /* one more */ + 1 ; // done
            if (n > 1) return 2; return 3;      | if ((n > 1)) return 2; return 3;
            return (Object) s;                  | return (Object) (s);
            """)
    void layout_comments_and_spelling_leave_the_key_alone(String one, String other) {
        assertThat(Cells.ofBody(one)).isEqualTo(Cells.ofBody(other));
    }

    @Test
    void a_text_block_is_the_string_it_stands_for() {
        assertThat(Cells.ofBody("return \"\"\"\n    one\n    two\n    \"\"\";"))
                .isEqualTo(Cells.ofBody("return \"one\\ntwo\\n\";"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            return 1;                                    | return 1L;
            return 1;                                    | return 1.0;
            return 1.0;                                  | return 1.0f;
            return 0.0;                                  | return -0.0;
            return 1;                                    | return "1";
            return 'a';                                  | return "a";
            return 'a';                                  | return 97;
            return true;                                 | return "true";
            return null;                                 | return "null";
            return n + 1;                                | return 1 + n;
            return n - (1 - 2);                          | return (n - 1) - 2;
            return n++;                                  | return ++n;
            return n >> 1;                               | return n >>> 1;
            return n & 1;                                | return n ^ 1;
            n += 1; return n;                            | n = n + 1; return n;
            for (String e : list) s += e; return s;      | for (var i = list.iterator(); i.hasNext();) s += i.next(); return s;
            while (n > 0) n--; return n;                 | for (; n > 0;) n--; return n;
            while (n > 0) n--; return n;                 | do n--; while (n > 0); return n;
            if (n > 0) return 1; return 2;               | return n > 0 ? 1 : 2;
            if (n > 0) if (n > 1) return 1; else return 2; return 3; | if (n > 0) { if (n > 1) return 1; } else return 2; return 3;
            switch (n) { case 1: s = "a"; default: s = "b"; } return s; | switch (n) { case 1 -> s = "a"; default -> s = "b"; } return s;
            switch (n) { case 1, 2 -> s = "a"; } return s; | switch (n) { case 1 -> s = "a"; case 2 -> s = "a"; } return s;
            switch (n) { case 1 -> s = "a"; } return s;  | switch (n) { case 2 -> s = "a"; } return s;
            switch (n) { case 1 -> s = "a"; } return s;  | switch (n) { default -> s = "a"; } return s;
            return switch (n) { case 1 -> 1; default -> 2; }; | return switch (n) { case 1 -> 2; default -> 1; };
            a: for (;;) { for (;;) { if (n > 0) break a; } } return n; | a: for (;;) { for (;;) { if (n > 0) continue a; } }
            a: while (n > 0) { b: while (n > 1) { break a; } } return n; | a: while (n > 0) { b: while (n > 1) { break b; } } return n;
            Runnable r = () -> { }; return r;            | Runnable r = () -> System.gc(); return r;
            java.util.function.Function<String, Integer> f = String::length; return f; | java.util.function.Function<String, Integer> f = e -> e.length(); return f;
            java.util.function.Function<String, String> f = String::trim; return f; | java.util.function.Function<String, String> f = String::strip; return f;
            java.util.function.Supplier<List<String>> f = ArrayList::new; return f; | java.util.function.Supplier<List<String>> f = LinkedList::new; return f;
            return new int[] {1, 2};                     | return new int[] {2, 1};
            return new int[2];                           | return new int[] {2};
            return new int[2][];                         | return new int[2][1];
            return new ArrayList<String>();              | return new ArrayList<Integer>();
            return new ArrayList<>(list);                | return new ArrayList<>(list) {};
            Object o = s; return o instanceof String;    | Object o = s; return o instanceof Integer;
            Object o = s; return o instanceof String t;  | Object o = s; return o instanceof String;
            synchronized (s) { return 1; }               | { return 1; }
            try { return 1; } finally { n = 2; }         | try { return 1; } catch (Exception e) { n = 2; } return n;
            final int k = 1; return k;                   | int k = 1; return k;
            return s.length();                           | return s.hashCode();
            return List.of(s, s);                        | return Set.of(s);
            throw new Exception(s);                      | return new Exception(s);
            return Math.max(n, 1);                       | return Math.max(n, 1L);
            long k = n; return k;                        | var k = n; return k;
            return (long) n;                             | return (int) n;
            """)
    void what_means_something_else_has_another_key(String one, String other) {
        assertThat(Cells.ofBody(one)).isNotEqualTo(Cells.ofBody(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record P(int a) {}|final class P { private final int a; P(int a) { this.a = a; } int a() { return a; } }",
                "record P(int a) {}|record P(long a) {}",
                "record P(int a, int b) { P(int a) { this(a, 1); } }|record P(int b, int a) { P(int a) { this(a, 1); } }",
                "class P { final int a = 1; P(int a) { } }|class P { static final int a = 1; P(int a) { } }",
                "class P { P(int a) { } }|class P extends Exception { P(int a) { } }",
                "class P { P(int a) { } }|class P implements java.io.Serializable { P(int a) { } }",
                "class P { P(int a) { } void f() {} }|class P { P(int a) { } synchronized void f() {} }",
                "class P { P(int a) { } { System.gc(); } }|class P { P(int a) { } static { System.gc(); } }",
                "class P { P(int a) { } class Q {} }|class P { P(int a) { } interface Q {} }",
                "class P { P(int a) { } <T> void f() {} }|class P { P(int a) { } <T extends Number> void f() {} }",
                "class P { P(int a) { } @Deprecated void f() {} }|class P { P(int a) { } void f() {} }"
            })
    void look_alike_types_have_different_keys(String pair) {
        String[] types = pair.split("\\|");
        assertThat(Cells.ofBody("return new P(n);", types[0])).isNotEqualTo(Cells.ofBody("return new P(n);", types[1]));
    }

    @Test
    void an_enum_with_bodies_is_not_the_enum_without() {
        String plain = "enum E { A, B; int f() { return 1; } }";
        String bodies = "enum E { A { int f() { return 2; } }, B; int f() { return 1; } }";
        String swapped = "enum E { B, A; int f() { return 1; } }";
        assertThat(Cells.ofBody("return E.A;", plain))
                .isNotEqualTo(Cells.ofBody("return E.A;", bodies))
                .isNotEqualTo(Cells.ofBody("return E.A;", swapped));
    }

    @Test
    void names_of_parameters_and_header_options_differ_in_what_they_mean() {
        String task = "%%task cache\nint t(int n) { return n; }";
        assertThat(Cells.of(task).parts("t"))
                .isEqualTo(Cells.of("%%task cache=1d retries=3 tags=a\nint t(int n) { return n; }")
                        .parts("t"))
                .isNotEqualTo(
                        Cells.of("%%task cache\nint t(int m) { return m; }").parts("t"))
                .isNotEqualTo(
                        Cells.of("%%task cache\nlong t(int n) { return n; }").parts("t"));
    }

    @Test
    void where_a_declaration_stands_does_not_matter() {
        String task = "%%task cache\nint t(int n) { return h(n); }";
        String helper = "int h(int n) { return n; }";
        assertThat(Cells.of(task, helper).parts("t"))
                .isEqualTo(Cells.of("int unused;\n" + helper, "int other() { return 1; }", task)
                        .parts("t"));
    }
}
