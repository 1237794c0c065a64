package io.dagshell.runner;

import io.dagshell.blocks.BlockException;
import io.dagshell.blocks.SharedBucket;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.SharedFolder;
import io.dagshell.engine.cache.SharedPlace;
import io.dagshell.engine.cache.SigningKey;
import io.dagshell.engine.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the environment says about results that machines share. */
public final class SharedCache {
    private static final String PLACE = "DAGSHELL_CACHE_SHARED";
    private static final String WRITE = "DAGSHELL_CACHE_SHARED_WRITE";
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");
    private static final String KEY_FILE = "shared-cache.key";

    private SharedCache() {}

    /** Whether results are shared through a bucket, for which a run needs the libraries of its cloud. */
    public static boolean isBucket(Map<String, String> environment) {
        return SharedBucket.isNamed(environment.getOrDefault(PLACE, "").strip());
    }

    /**
     * A folder or bucket, and whether new results go there; signed with the key in {@code shared-cache.key} of the home.
     *
     * @throws BadInput the place is no bucket of ours, or {@code DAGSHELL_CACHE_SHARED_WRITE} is neither true nor false
     * @throws IOException the key cannot be read or made
     */
    static Optional<CacheSettings.Shared> of(Map<String, String> environment, Home home, BlockSource blocks)
            throws IOException {
        String place = environment.getOrDefault(PLACE, "").strip();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        SigningKey key = SigningKey.of(home.data().resolve(KEY_FILE));
        return Optional.of(new CacheSettings.Shared(place(place, blocks), key, mayWrite(environment)));
    }

    private static SharedPlace place(String named, BlockSource blocks) {
        if (!SharedBucket.isNamed(named)) {
            if (ADDRESS.matcher(named).lookingAt()) {
                throw new BadInput(
                        PLACE + " is '" + named
                                + "', which is no place for results; it can be a folder, gcs:BLOCK/prefix or gs://bucket/prefix");
            }
            return new SharedFolder(Path.of(named));
        }
        try {
            return SharedBucket.named(named, blocks);
        } catch (BlockException | IllegalArgumentException wrong) {
            throw new BadInput(PLACE + " is '" + named + "': " + wrong.getMessage(), wrong);
        }
    }

    private static boolean mayWrite(Map<String, String> environment) {
        String text = environment.getOrDefault(WRITE, "false").strip();
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadInput(WRITE + " is '" + text + "'; it can be true or false");
        }
        return text.equals("true");
    }
}
