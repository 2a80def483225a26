/**
 * The virtual room: network namespaces, real PCs in QEMU with real firmware, and this program as
 * their appliance. Reaches the appliance only from outside, as a process and through its API.
 */
@NullMarked
package io.arranque.cli.lab;

import org.jspecify.annotations.NullMarked;
