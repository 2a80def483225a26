/** Kernels and initrds, and what machines download of them. */
@NullMarked
package io.arranque.web.images;

import org.jspecify.annotations.NullMarked;
