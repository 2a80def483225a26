/**
 * RancherOS 1.5.8 and BurmillaOS: the dialect of their cloud-config and of their kernel command
 * line, what is said where, and the scripts that keep disks and registrations alive.
 */
@NullMarked
package io.arranque.documents.rancheros;

import org.jspecify.annotations.NullMarked;
