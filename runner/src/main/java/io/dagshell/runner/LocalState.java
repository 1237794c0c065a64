package io.dagshell.runner;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.event.RunSink;

/**
 * What runs on this machine share: results, run records and blocks.
 *
 * @param cache results by key
 * @param records takes the events of runs
 * @param blocks settings of outside things by name
 */
public record LocalState(ResultCache cache, RunSink records, BlockSource blocks) {}
