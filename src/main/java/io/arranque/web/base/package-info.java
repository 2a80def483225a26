/**
 * What every other package of the web stands on: what of the program it may ask ({@link
 * io.arranque.web.base.Parts}), what a request asks, how it is answered and refused.
 */
@NullMarked
package io.arranque.web.base;

import org.jspecify.annotations.NullMarked;
