/** What the cloud blocks ask of Google's client libraries, which lie apart and are loaded when first used. */
@NullMarked
package io.dagshell.blocks.cloud;

import org.jspecify.annotations.NullMarked;
