package io.dagshell.magics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MembersTest {

    @Test
    void a_cell_is_split_into_its_declarations_and_statements() {
        assertThat(kinds("""
                                import java.util.List;
                                import static java.lang.Math.*;
                                // a comment; with a semicolon {
                                int helper(int a) { return a > 0 ? a : -a; } // behind
                                record Trip(int id, String name) { Trip { if (id < 0) throw new IllegalArgumentException("}"); } }
                                static final int[] SIZES = {1, 2, 3};
                                int a = 1, b = 2;
                                var x = List.of("a;b");
                                if (a > 0) { b = 3; } else { b = 4; }
                                enum Color { YELLOW, GREEN; }
                                String text = \"""
                                    not; a { piece
                                    \""";
                                interface Shape { double area(); }
                                for (int i = 0; i < 3; i++) helper(i);
                                helper(a)"""))
                .containsExactly(
                        "IMPORT java.util.List",
                        "IMPORT static java.lang.Math.*",
                        "METHOD helper",
                        "TYPE Trip",
                        "FIELD SIZES",
                        "FIELD a b",
                        "FIELD x",
                        "STATEMENT ",
                        "TYPE Color",
                        "FIELD text",
                        "TYPE Shape",
                        "STATEMENT ",
                        "STATEMENT ");
    }

    @Test
    void a_broken_piece_does_not_hide_what_follows() {
        assertThat(kinds("int f() { return 1 }\nint g() { return 2; }")).containsExactly("BROKEN ", "METHOD g");
        assertThat(kinds("this is no java;\nint g() { return 2; }")).containsExactly("BROKEN ", "METHOD g");
        assertThat(kinds("}}} int g() { return 2; }")).endsWith("METHOD g");
    }

    @Test
    void constants_are_told_from_variables() {
        List<Member> members = Members.of("static final int A = 1; final int B = 2; int c = 3;");

        assertThat(members).extracting(Member::isConstant).containsExactly(true, false, false);
    }

    @Test
    void the_face_of_a_method_is_its_text_without_body() {
        Member method = Members.of(
                        "private static <T> List<T> f(Map<String, T> a, int... b) throws Exception { return null; }")
                .get(0);

        assertThat(method.method().orElseThrow())
                .isEqualTo(new Member.Method(
                        "private static <T> List<T> f(Map<String, T> a, int... b) throws Exception",
                        "Map<String, T>,int[]",
                        List.of("a", "b"),
                        false));
    }

    @Property(tries = 200)
    void any_text_is_split_without_loss_of_place(
            @ForAll List<@net.jqwik.api.constraints.CharRange(from = ' ', to = '~') Character> characters) {
        String text = characters.stream().map(String::valueOf).collect(Collectors.joining());
        int behind = 0;
        for (Member member : Members.of(text)) {
            assertThat(member.start()).isGreaterThanOrEqualTo(behind);
            assertThat(member.end()).isGreaterThan(member.start()).isLessThanOrEqualTo(text.length());
            behind = member.end();
        }
    }

    private static List<String> kinds(String java) {
        return Members.of(java).stream()
                .map(member -> member.kind() + " " + String.join(" ", member.names()))
                .toList();
    }
}
