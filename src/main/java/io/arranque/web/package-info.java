/**
 * Page and REST API on one port: {@link io.arranque.web.ControlPlane} puts together the packages
 * below, and what belongs to no one of them is here: the API over the whole site, search, failures.
 */
@NullMarked
package io.arranque.web;

import org.jspecify.annotations.NullMarked;
