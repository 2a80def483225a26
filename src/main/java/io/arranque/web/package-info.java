/** The control plane: REST API, page, login. Parses and renders; decisions are made further in. */
@NullMarked
package io.arranque.web;

import org.jspecify.annotations.NullMarked;
