/** Programs and tests as users of the public API write them; shown in the documentation. */
@NullMarked
package io.dagshell.example;

import org.jspecify.annotations.NullMarked;
