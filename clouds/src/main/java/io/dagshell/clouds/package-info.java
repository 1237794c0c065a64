/** Google Cloud Storage and BigQuery through Google's client libraries. */
@NullMarked
package io.dagshell.clouds;

import org.jspecify.annotations.NullMarked;
