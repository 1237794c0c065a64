package io.dagshell.installer.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The walls of the house. Each has a class that breaks it, in a package {@code brokenwall} of the tests.
 *
 * @param fixture the class that breaks it
 */
record Wall(String name, ArchRule rule, String fixture) {
    private static final DescribedPredicate<AccessTarget> MACHINES_TIME = describe(
            "the time of the machine",
            target -> target.getOwner().getPackageName().equals("java.time")
                            && target.getName().equals("now")
                    || target.getOwner().isEquivalentTo(Clock.class)
                            && target.getName().matches("(system|tick).*")
                    || target.getFullName()
                            .matches("java\\.(lang\\.System\\.currentTimeMillis|util\\.Date\\.<init>)\\(\\)"));

    static Stream<Wall> all() {
        return Stream.of(
                room("engine", "EngineThatKnowsTables"),
                room("kernel", "KernelThatKnowsTasks"),
                room("tables", "TablesThatKnowsBlocks", "engine"),
                room("store", "StoreThatKnowsTables", "engine"),
                room("blocks", "BlocksThatKnowsStore", "engine", "tables"),
                room("clouds", "CloudsThatKnowsStore", "engine", "tables", "blocks"),
                room("magics", "MagicsThatKnowsTables", "engine", "kernel"),
                room("notebooks", "NotebooksThatKnowsRunner", "engine", "kernel", "magics"),
                room("runner", "RunnerThatKnowsKernel", "bootstrap", "engine", "tables", "blocks", "store"),
                room("server", "ServerThatKnowsRunner", "engine", "store"),
                room("bootstrap", "BootstrapThatKnowsRunner", "engine"),
                only("jdk.jshell", "notebooks.brokenwall.NotebooksThatAsksJShell", "kernel"),
                only("com.sun.source", "notebooks.brokenwall.NotebooksThatReadsTrees", "kernel", "magics"),
                only("java.sql", "tables.brokenwall.TablesThatSpeaksSql", "store", "blocks"),
                only("tech.tablesaw", "notebooks.brokenwall.NotebooksThatKnowsTablesaw", "tables", "blocks", "clouds"),
                exit(),
                clocks("ServerThatLooksAtItsOwnClock"),
                clocks("ServerThatNamesItsOwnClock"),
                loggers());
    }

    /** {@code room} reaches, of the house, only itself and {@code reached}. */
    private static Wall room(String room, String fixture, String... reached) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(reached))
                .map(Wall::packages)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> elsewhere =
                resideInAnyPackage("io.dagshell..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(packages(room))
                .should()
                .dependOnClassesThat(describe("other rooms than " + String.join(", ", allowed), elsewhere));
        return new Wall(room, rule, "io.dagshell." + room + ".brokenwall." + fixture);
    }

    /** Packages named {@code what} are used in {@code rooms} only. */
    private static Wall only(String what, String fixture, String... rooms) {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(
                        Arrays.stream(rooms).map(Wall::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(what + "..");
        return new Wall(what, rule, "io.dagshell." + fixture);
    }

    private static Wall exit() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(packages("installer"), packages("runner"), packages("bootstrap"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
        return new Wall("System.exit", rule, "io.dagshell.engine.brokenwall.EngineThatExits");
    }

    /** Servers on one database go by its time, so that what one writes is not over for the other; agents by their own. */
    private static Wall clocks(String fixture) {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(packages("server"))
                .and()
                .resideOutsideOfPackages("io.dagshell.server.agent..")
                .and()
                // Tells a channel that it is tested, and nothing of it is kept.
                .doNotHaveSimpleName("WebhookBlockType")
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(MACHINES_TIME));
        return new Wall("clocks, " + fixture, rule, "io.dagshell.server.brokenwall." + fixture);
    }

    /** The first logger that is asked for opens every jar of the class path: none is before there is something to say. */
    private static Wall loggers() {
        ArchRule rule = noFields().should().haveRawType(System.Logger.class);
        return new Wall("loggers", rule, "io.dagshell.engine.brokenwall.EngineThatKeepsALogger");
    }

    private static String packages(String room) {
        return "io.dagshell." + room + "..";
    }

    @Override
    public String toString() {
        return name;
    }
}
