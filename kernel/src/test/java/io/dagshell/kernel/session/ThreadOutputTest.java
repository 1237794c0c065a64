package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ThreadOutputTest {
    private static final Cells CELLS = Cells.open();

    @AfterAll
    static void close() {
        CELLS.close();
    }

    @Test
    void what_a_thread_prints_goes_to_the_cell_that_started_it_even_later() throws Exception {
        Recorder first = CELLS.must(
                "var late = new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) { throw new RuntimeException(e); } System.out.print(\"late\"); });\n"
                        + "late.start();");
        Recorder second = CELLS.must("System.out.print(\"second\");\nlate.join();");
        assertEquals("late", first.printed());
        assertEquals("second", second.printed());
    }

    @Test
    void the_common_pool_prints_into_the_running_cell() {
        Recorder cell =
                CELLS.must("java.util.stream.IntStream.range(0, 100).parallel().forEach(n -> System.out.println(n));");
        assertEquals(100, cell.printed().lines().count());
    }

    @Test
    void threads_a_pool_made_for_an_earlier_cell_print_there() {
        Recorder first = CELLS.must("var pool = java.util.concurrent.Executors.newFixedThreadPool(1);\n"
                + "pool.submit(() -> System.out.print(\"a\")).get();");
        CELLS.must("pool.submit(() -> System.out.print(\"b\")).get();\npool.shutdown();");
        assertEquals("ab", first.printed());
    }

    @Test
    void characters_cut_between_writes_stay_whole() {
        Recorder cell = CELLS.must("byte[] b = \"😀\".getBytes(java.nio.charset.StandardCharsets.UTF_8);\n"
                + "for (byte each : b) { System.out.write(each); System.out.flush(); }");
        assertEquals("😀", cell.printed());
    }

    @Test
    void text_and_bytes_stay_in_their_order() {
        Recorder cell = CELLS.must(
                "System.out.print('a');\nSystem.out.write(\"b\".getBytes());\nSystem.out.print(\"c\");\n"
                        + "System.out.printf(\"%d%n\", 1);\nSystem.out.print(2L); System.out.print(3.5); System.out.print(true);\n"
                        + "System.out.println((Object) null);\nSystem.out.println(new char[] {'x', 'y'});\nSystem.out.append(\"z\").println();\n"
                        + "System.out.write(\"é\".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 1);\n"
                        + "System.out.write(\"é\".getBytes(java.nio.charset.StandardCharsets.UTF_8), 1, 1);\nSystem.out.print(\"!\");");
        assertEquals("abc1\n23.5truenull\nxy\nz\né!", cell.printed());
    }

    @Test
    void halves_of_a_character_make_one() {
        Recorder cell = CELLS.must("for (char c : \"a😀b\".toCharArray()) System.out.print(c);\n"
                + "System.out.print(\"x😀\".substring(0, 2));\nSystem.out.println(\"x😀y\".substring(2));");
        assertEquals("a😀bx😀y\n", cell.printed());
        // What is sent is encoded piece by piece: no piece may end within a character.
        assertEquals(
                "a😀bx😀y\n",
                cell.pieces().stream()
                        .map(each -> new String(each.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .collect(Collectors.joining()));
    }

    @Test
    void text_behind_bytes_that_are_no_whole_character_comes_behind_them() {
        Recorder cell = CELLS.must("System.out.write(0xc3);\nSystem.out.flush();\nSystem.out.print(\"!\");");
        assertEquals("\ufffd!", cell.printed());
    }
}
