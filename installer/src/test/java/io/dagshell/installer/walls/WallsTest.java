package io.dagshell.installer.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WallsTest {
    private static final List<String> ROOMS = List.of(
            "engine",
            "kernel",
            "tables",
            "store",
            "blocks",
            "magics",
            "notebooks",
            "clouds",
            "runner",
            "server",
            "bootstrap",
            "installer");
    private static JavaClasses house;

    @BeforeAll
    static void read_the_house() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.dagshell");
    }

    @Test
    void every_room_is_looked_at() {
        Set<String> seen = house.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toSet());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    @ParameterizedTest
    @MethodSource("io.dagshell.installer.walls.Wall#all")
    void the_house_keeps_its_walls(Wall wall) {
        assertThat(wall.rule()
                        .allowEmptyShould(true)
                        .evaluate(house)
                        .getFailureReport()
                        .getDetails())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.dagshell.installer.walls.Wall#all")
    void a_class_that_breaks_a_wall_is_caught(Wall wall) throws ClassNotFoundException {
        JavaClasses broken = new ClassFileImporter().importClasses(Class.forName(wall.fixture()));

        assertThat(wall.rule().evaluate(broken).getFailureReport().getDetails()).isNotEmpty();
    }
}
