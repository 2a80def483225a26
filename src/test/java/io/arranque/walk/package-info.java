@NullMarked
package io.arranque.walk;

import org.jspecify.annotations.NullMarked;
