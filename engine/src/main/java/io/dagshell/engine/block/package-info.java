/**
 * Named, typed connections to the outside: the ports {@link io.dagshell.engine.block.BlockSource} and {@link io.dagshell.engine.block.BlockType}.
 */
@NullMarked
package io.dagshell.engine.block;

import org.jspecify.annotations.NullMarked;
