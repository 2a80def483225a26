/** A server of files in a network namespace, and cases that run against it from another. */
@NullMarked
package io.arranque.conformance.files;

import org.jspecify.annotations.NullMarked;
