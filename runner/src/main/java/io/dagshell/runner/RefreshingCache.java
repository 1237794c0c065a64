package io.dagshell.runner;

import io.dagshell.engine.cache.ResultCache;
import java.util.function.BooleanSupplier;

/** Computes every call anew and keeps the new results. */
record RefreshingCache(ResultCache cache) implements ResultCache {

    @Override
    public Answer consult(Question question, BooleanSupplier cancelled) {
        Question anew = new Question(
                question.task(), question.parameterTypes(), question.arguments(), question.returnType(), true);
        return cache.consult(anew, cancelled);
    }
}
