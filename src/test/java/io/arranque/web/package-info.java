/** Tests of the control plane, over real HTTP. */
@NullMarked
package io.arranque.web;

import org.jspecify.annotations.NullMarked;
