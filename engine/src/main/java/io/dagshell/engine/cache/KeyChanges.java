package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import java.util.List;

/** What keys of the record are made of and how they differ, in the user's words. */
public final class KeyChanges {
    private KeyChanges() {}

    /** {@code helper `datasetUri` changed in cell 3}, {@code argument `month` 1 → 2}; empty for equal keys. */
    public static List<String> between(List<KeyPart> earlier, List<KeyPart> now) {
        return KeyDifference.between(CacheKey.of(earlier), CacheKey.of(now)).stream()
                .map(KeyChange::inFull)
                .toList();
    }

    /** {@code helper datasetUri (cell 3)}, {@code argument month = 2}. */
    public static List<String> words(List<KeyPart> parts) {
        return Consultation.parts(CacheKey.of(parts));
    }
}
