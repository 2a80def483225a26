@NullMarked
package io.arranque.people;

import org.jspecify.annotations.NullMarked;
