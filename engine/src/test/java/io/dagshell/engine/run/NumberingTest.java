package io.dagshell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.TaskName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NumberingTest {
    private static final TaskName FETCH = new TaskName("fetch");
    private static final TaskName LOAD = new TaskName("load");

    private static String path(Numbering numbering, TaskName name) {
        return CallPath.root().child(name, numbering.next(name)).value();
    }

    @Example
    void calls_are_numbered_by_name_in_program_order() {
        Numbering numbering = Numbering.start();

        assertThat(List.of(path(numbering, FETCH), path(numbering, LOAD), path(numbering, FETCH)))
                .containsExactly("fetch/1", "load/1", "fetch/2");
    }

    @Example
    void items_of_a_map_are_numbered_by_index_and_what_follows_comes_after() {
        Numbering numbering = Numbering.start();
        Function<Integer, Numbering> map = numbering.reserve(3);

        assertThat(path(map.apply(2), FETCH)).isEqualTo("fetch/3");
        assertThat(path(map.apply(0), FETCH)).isEqualTo("fetch/1");
        assertThat(path(numbering, FETCH)).isEqualTo("fetch/4");
    }

    @Example
    void later_calls_of_an_item_are_numbered_within_it() {
        Numbering item = Numbering.start().reserve(3).apply(1);

        assertThat(List.of(path(item, FETCH), path(item, FETCH), path(item, LOAD), path(item, FETCH)))
                .containsExactly("fetch/2", "fetch/2-2", "load/2", "fetch/2-3");
    }

    /** A random program of calls and nested regions, run with its branches in any order. */
    @Property(tries = 300)
    void every_call_has_its_own_path_whatever_the_order_of_branches(@ForAll Random program, @ForAll long order) {
        long seed = program.nextLong();

        List<String> inOrder = new ArrayList<>();
        run(Numbering.start(), new Random(seed), new Random(0), false, 3, inOrder);
        List<String> shuffled = new ArrayList<>();
        run(Numbering.start(), new Random(seed), new Random(order), true, 3, shuffled);

        assertThat(inOrder).doesNotHaveDuplicates();
        assertThat(shuffled).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    private static void run(
            Numbering numbering, Random program, Random order, boolean shuffle, int depth, List<String> paths) {
        int steps = 1 + program.nextInt(4);
        for (int step = 0; step < steps; step++) {
            if (depth > 0 && program.nextBoolean()) {
                region(numbering, program, order, shuffle, depth, paths);
            } else {
                paths.add(path(numbering, program.nextBoolean() ? FETCH : LOAD));
            }
        }
    }

    private static void region(
            Numbering numbering, Random program, Random order, boolean shuffle, int depth, List<String> paths) {
        int size = 1 + program.nextInt(3);
        Function<Integer, Numbering> places = numbering.reserve(size);
        List<Long> seeds = new ArrayList<>();
        List<Integer> branches = new ArrayList<>();
        for (int branch = 0; branch < size; branch++) {
            branches.add(branch);
            seeds.add(program.nextLong());
        }
        if (shuffle) {
            Collections.shuffle(branches, order);
        }
        for (int branch : branches) {
            run(places.apply(branch), new Random(seeds.get(branch)), order, shuffle, depth - 1, paths);
        }
    }
}
