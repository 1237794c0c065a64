@NullMarked
package io.dagshell.store;

import org.jspecify.annotations.NullMarked;
