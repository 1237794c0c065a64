package io.dagshell.kernel.dependency;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Maven is set up. What is not said here comes from the person's own {@code settings.xml}.
 *
 * @param settings a {@code settings.xml} to use instead
 * @param provided artifacts that are never loaded, because the product has them: {@code group:artifact}
 */
public record MavenSettings(Optional<Path> settings, List<String> provided) {
    /** Names the {@code settings.xml} to use. */
    public static final String VARIABLE = "DAGSHELL_MAVEN_SETTINGS";

    public MavenSettings {
        provided = List.copyOf(provided);
    }

    public static MavenSettings of(Map<String, String> environment, List<String> provided) {
        return new MavenSettings(Optional.ofNullable(environment.get(VARIABLE)).map(Path::of), provided);
    }
}
