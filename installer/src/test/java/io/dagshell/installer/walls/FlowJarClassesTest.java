package io.dagshell.installer.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.dagshell.runner.FlowJarClasses;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FlowJarClassesTest {

    @Test
    void a_flow_jar_carries_every_class_of_the_house_that_it_starts_with() throws ClassNotFoundException {
        Set<String> carried = new TreeSet<>();
        FlowJarClasses.all()
                .keySet()
                .forEach(path -> carried.add(path.replace(".class", "").replace('/', '.')));
        Set<String> reached = new TreeSet<>();
        for (String name : carried) {
            JavaClass type = new ClassFileImporter().importClass(Class.forName(name));
            type.getDirectDependenciesFromSelf()
                    .forEach(each -> reached.add(
                            each.getTargetClass().getBaseComponentType().getName()));
        }
        reached.removeIf(name -> !name.startsWith("io.dagshell."));

        assertThat(carried).containsAll(reached);
    }
}
