package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.classgraph.ScanResult;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

class TablesawStartTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tech.tablesaw.io.DataReader", "tech.tablesaw.io.DataWriter"})
    void the_readers_and_writers_named_are_those_in_tablesaws_jar(String port)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Class<?> wanted = Class.forName(port);
        Path jar = Path.of(
                Table.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> found = file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("tech/tablesaw/io/") && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .filter(name -> implementsIt(name, wanted))
                    .toList();
            try (ScanResult scan = new ScanResult()) {
                assertThat(scan.getClassesImplementing(port).getNames()).containsExactlyInAnyOrderElementsOf(found);
            }
        }
    }

    @Test
    void reading_and_writing_by_file_ending_and_by_options_work() throws IOException {
        Path file = folder.resolve("t.csv");
        Table.create("t", IntColumn.create("a", 1, 2)).write().toFile(file.toFile());
        assertThat(Files.readAllLines(file)).containsExactly("a", "1", "2");
        assertThat(Table.read().file(file.toString()).rowCount()).isEqualTo(2);
        assertThat(Table.read()
                        .usingOptions(CsvReadOptions.builder(file.toFile()).build())
                        .rowCount())
                .isEqualTo(2);
    }

    private static boolean implementsIt(String name, Class<?> wanted) {
        try {
            Class<?> type = Class.forName(name, false, Table.class.getClassLoader());
            return wanted.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
