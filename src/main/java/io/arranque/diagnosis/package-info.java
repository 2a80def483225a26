/**
 * Why a PC did not boot, in one sentence with what to try next: from its events and what is known
 * around them. Pure; knows nothing of where either comes from.
 */
@NullMarked
package io.arranque.diagnosis;

import org.jspecify.annotations.NullMarked;
