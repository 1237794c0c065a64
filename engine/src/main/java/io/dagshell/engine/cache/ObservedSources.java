package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files and addresses one call points at: their state when the key was made, and whether it is still so. */
final class ObservedSources implements Sources {
    private final FileDigests digests;
    private final List<SourceValidator> validators;
    private final Map<Path, Optional<Digest>> files = new LinkedHashMap<>();
    private final Map<URI, Optional<String>> addresses = new LinkedHashMap<>();

    ObservedSources(FileDigests digests, List<SourceValidator> validators) {
        this.digests = digests;
        this.validators = validators;
    }

    @Override
    public Optional<Digest> file(Path path) {
        return files.computeIfAbsent(path, this::content);
    }

    @Override
    public Optional<String> validator(URI address) {
        return addresses.computeIfAbsent(address, this::ask);
    }

    /** What a run should say: there is an address on a network of which nothing is known but its text. */
    List<String> notes() {
        boolean unchecked = addresses.entrySet().stream()
                .anyMatch(each -> each.getValue().isEmpty() && each.getKey().getRawAuthority() != null);
        return unchecked ? List.of("source not checked") : List.of();
    }

    /** Looks again; in words, the first that is not as it was. */
    Optional<String> changed() {
        return Stream.concat(changedFiles(), changedAddresses()).findFirst();
    }

    private Stream<String> changedFiles() {
        return files.entrySet().stream()
                .filter(each -> !content(each.getKey()).equals(each.getValue()))
                .map(each -> "file " + each.getKey().getFileName() + " changed while the task ran");
    }

    private Stream<String> changedAddresses() {
        return addresses.entrySet().stream()
                .filter(each -> each.getValue().isPresent())
                .flatMap(each -> {
                    Optional<String> now = ask(each.getKey());
                    String verdict = now.isPresent() ? "changed while the task ran" : "could not be checked again";
                    return now.equals(each.getValue()) ? Stream.empty() : Stream.of(each.getKey() + " " + verdict);
                });
    }

    private Optional<Digest> content(Path path) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(digests.of(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Optional<String> ask(URI address) {
        return validators.stream()
                .filter(validator -> validator.handles(address))
                .findFirst()
                .flatMap(validator -> validator.validate(address));
    }
}
