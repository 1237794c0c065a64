package io.dagshell.engine.cache;

import io.dagshell.engine.block.BlockSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a cache is kept.
 *
 * @param environment asked at each call
 * @param facades versions of what tasks may call
 * @param validators ask servers for versions of addresses; the first that knows the scheme
 * @param sizeLimit bytes on disk; past it the least recently hit go first
 * @param pinned keys that stay whatever the size
 * @param blocks where the version of a secret a task asks for is found; its value is never read
 * @param shared results of other machines behind this one's
 * @param report takes sentences about damaged entries
 */
public record CacheSettings(
        Supplier<Environment> environment,
        List<FacadeVersion> facades,
        List<SourceValidator> validators,
        long sizeLimit,
        Predicate<String> pinned,
        BlockSource blocks,
        Optional<Shared> shared,
        Consumer<String> report) {

    /**
     * Results that machines share.
     *
     * @param place where they are
     * @param key signs what this machine writes; what others wrote counts only if it was signed with the same
     * @param mayWrite whether new results go there
     */
    public record Shared(SharedPlace place, SigningKey key, boolean mayWrite) {}

    public CacheSettings {
        facades = List.copyOf(facades);
        validators = List.copyOf(validators);
    }

    /** 10 GB, http and https asked, nothing pinned, damage reported on the JDK's log. */
    public static CacheSettings defaults() {
        return new CacheSettings(
                Environment::current,
                List.of(),
                List.of(new HttpValidator()),
                10_000_000_000L,
                key -> false,
                BlockSource.none(),
                Optional.empty(),
                sentence ->
                        System.getLogger(FileResultCache.class.getName()).log(System.Logger.Level.WARNING, sentence));
    }

    public CacheSettings withEnvironment(Supplier<Environment> other) {
        return new CacheSettings(other, facades, validators, sizeLimit, pinned, blocks, shared, report);
    }

    public CacheSettings withFacades(List<FacadeVersion> other) {
        return new CacheSettings(environment, other, validators, sizeLimit, pinned, blocks, shared, report);
    }

    public CacheSettings withValidators(List<SourceValidator> other) {
        return new CacheSettings(environment, facades, other, sizeLimit, pinned, blocks, shared, report);
    }

    public CacheSettings withSizeLimit(long bytes) {
        return new CacheSettings(environment, facades, validators, bytes, pinned, blocks, shared, report);
    }

    public CacheSettings withPinned(Predicate<String> other) {
        return new CacheSettings(environment, facades, validators, sizeLimit, other, blocks, shared, report);
    }

    public CacheSettings withBlocks(BlockSource other) {
        return new CacheSettings(environment, facades, validators, sizeLimit, pinned, other, shared, report);
    }

    public CacheSettings withReport(Consumer<String> other) {
        return new CacheSettings(environment, facades, validators, sizeLimit, pinned, blocks, shared, other);
    }

    public CacheSettings withShared(Shared other) {
        return new CacheSettings(
                environment, facades, validators, sizeLimit, pinned, blocks, Optional.of(other), report);
    }
}
